import { KhotanError } from "../../errors.ts";

/** @param path where in the command: an option, or line and column */
export const curlError = (path: string, message: string, hint: string): KhotanError =>
  new KhotanError("curl_invalid", `${path}: ${message}`, { hint, issues: [{ path, message }] });
