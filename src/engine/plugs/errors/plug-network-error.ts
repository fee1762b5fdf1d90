import { PlugError, type PlugErrorDetails } from "./plug-error.ts";

/**
 * No usable answer came. `code` says why:
 * `network_dns`, `network_refused`, `network_reset`, `network_tls`, `network_failed`, `network_blocked` (the guard
 * against private networks), `response_too_large`, `response_broken` (wrong length, bad compression), `redirect_refused`.
 */
export class PlugNetworkError extends PlugError {
  static override readonly brand = "PlugNetworkError";

  /** Whether the request may have reached the other side. `false`: repeating it is safe whatever the method. */
  readonly sent: boolean;

  constructor(details: PlugErrorDetails & { readonly sent: boolean }) {
    super("PlugNetworkError", details);
    this.sent = details.sent;
  }
}
