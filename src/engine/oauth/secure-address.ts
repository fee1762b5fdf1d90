import { PlugAuthError } from "../plugs/errors/plug-auth-error.ts";

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Tokens travel encrypted, or do not leave this machine. @throws PlugAuthError */
export function requireSecure(plug: string, address: string): "https" | "loopback" {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url?.protocol === "https:") return "https";
  if (url?.protocol === "http:" && LOOPBACK.test(url.hostname)) return "loopback";
  throw new PlugAuthError({
    code: "auth_failed",
    plug,
    message: `${plug}: an address of the authorization server is not https`,
    hint: "Only addresses of this machine may be plain http.",
    retryable: false,
  });
}
