import { PlugError, type PlugErrorDetails } from "./plug-error.ts";

/**
 * The plug or the call is written wrongly: `plug_invalid` (found at registration, `issues` names each place),
 * `variables_missing`, `variable_invalid`, `base_url_invalid`, `path_invalid`, `path_leaves_origin`, `body_invalid`.
 * Never retryable.
 */
export class PlugConfigError extends PlugError {
  static override readonly brand = "PlugConfigError";

  constructor(details: Omit<PlugErrorDetails, "retryable">) {
    super("PlugConfigError", { ...details, retryable: false });
  }
}
