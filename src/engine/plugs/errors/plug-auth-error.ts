import { PlugError, type PlugErrorDetails } from "./plug-error.ts";

/**
 * No credential could be had: a variable is empty (`auth_missing`), or fetching a token failed (`auth_failed`).
 * An answer of 401 is a `PlugHttpError`.
 */
export class PlugAuthError extends PlugError {
  static override readonly brand = "PlugAuthError";

  constructor(details: PlugErrorDetails) {
    super("PlugAuthError", details);
  }
}
