import { type Client, createClient } from "../client/index.ts";
import { usageError } from "./cli-error.ts";
import { loginFile, readLogin } from "./saved-login.ts";
import type { Terminal } from "./terminal.ts";

export const DEFAULT_URL = "http://localhost:3000/api/khotan";

/** Options that every command takes. */
export interface HubOptions {
  readonly url?: string;
  readonly key?: string;
  readonly tenant?: string;
  readonly json?: boolean;
}

export interface Connection {
  readonly client: Client;
  /** The API's address, without a slash at the end. */
  readonly url: string;
  readonly key: string | undefined;
}

/** Flags win over the environment, the environment over `khotan login`. */
export async function connect(options: HubOptions, terminal: Terminal): Promise<Connection> {
  const login = await readLogin(loginFile(terminal));
  const url = apiUrl(options.url ?? (terminal.env.KHOTAN_URL || undefined) ?? login?.url ?? DEFAULT_URL);
  const given = options.key ?? (terminal.env.KHOTAN_API_KEY || undefined);
  // A saved key goes only to the hub it was saved for.
  const key = given ?? (login?.url === url ? login.key : undefined);
  const client = createClient({ baseUrl: url, headers: key === undefined ? {} : { authorization: `Bearer ${key}` } });
  return { client, url, key };
}

/**
 * The API below a hub's address: `https://hub.example` means `https://hub.example/api/khotan`.
 *
 * @throws CliError when it is no http(s) address
 */
export function apiUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw usageError(`"${text}" is not the address of a hub.`, `For example ${DEFAULT_URL}`);
  const path = url.pathname.replace(/\/+$/, "");
  return url.origin + (path === "" ? "/api/khotan" : path);
}
