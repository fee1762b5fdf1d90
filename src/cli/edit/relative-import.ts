import { posix } from "node:path";

/**
 * A module as another one imports it, without an ending; both from the project's root.
 *
 * @example relativeImport("src/khotan/authorize.ts", "src/lib/auth") // "../lib/auth"
 */
export function relativeImport(file: string, module: string): string {
  const path = posix.relative(posix.dirname(file), module);
  return path.startsWith(".") ? path : `./${path}`;
}
