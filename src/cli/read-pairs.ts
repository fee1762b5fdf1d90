import { usageError } from "./cli-error.ts";

/**
 * `name=value` arguments as an object.
 *
 * @throws CliError for one without `=` or without a name
 */
export function readPairs(pairs: readonly string[]): Record<string, string> {
  const entries = pairs.map((pair): [string, string] => {
    const at = pair.indexOf("=");
    // The value may be a secret, so it is not repeated.
    if (at < 1) throw usageError("A value is written name=value.", "For example: --param id=42");
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
  return Object.fromEntries(entries);
}
