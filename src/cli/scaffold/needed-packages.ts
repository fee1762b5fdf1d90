import type { AppSurvey, PackageManager } from "./survey-app.ts";

/**
 * What an app needs beside Khotan, as package.json of Khotan asks for it. `workflow` is imported by the routes that its
 * compiler writes into the app, and `zod` and Drizzle must be the app's own.
 */
export const NEEDED: Readonly<Record<string, string>> = {
  "drizzle-orm": ">=0.45 <0.46",
  workflow: "^4.8.9",
  zod: "^4.0.0",
};

const ADD: Readonly<Record<PackageManager, readonly string[]>> = {
  npm: ["install"],
  pnpm: ["add"],
  yarn: ["add"],
  bun: ["add"],
};

/**
 * The command that installs what the app's package.json does not name yet; `null` when nothing is missing.
 *
 * @param more other packages with their versions, e.g. for accounts
 */
export function installCommand(
  { packages, packageManager }: Pick<AppSurvey, "packages" | "packageManager">,
  more: Readonly<Record<string, string>> = {},
) {
  const missing = Object.entries({ ...NEEDED, ...more }).filter(([name]) => !packages.has(name));
  if (missing.length === 0) return null;
  return [packageManager, ...ADD[packageManager], ...missing.map(([name, range]) => `${name}@${range}`)];
}
