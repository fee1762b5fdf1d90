import type { PlannedFile } from "../add/add-plan.ts";

/**
 * A Drizzle config for an app that has none, with a schema for the app's own tables. Khotan's are not in that schema:
 * drizzle-kit would write migrations for them (`generate` knows no `tablesFilter`), and Khotan applies its own.
 */
export function drizzleFiles(source: "src/" | "", schema: string | undefined): PlannedFile[] {
  const own = `${source}db/schema.ts`;
  return [
    { path: "drizzle.config.ts", text: configText(schema ?? `./${own}`) },
    ...(schema === undefined ? [{ path: own, text: SCHEMA }] : []),
  ];
}

/** Without an import, since drizzle-kit may not be installed. */
const configText = (
  schema: string,
) => `/** For drizzle-kit and the app's own tables. Khotan makes its tables itself, and drizzle-kit would drop them. */
const drizzleConfig = {
  dialect: "postgresql",
  schema: "${schema}",
  out: "./drizzle",
  tablesFilter: ["!khotan_*"],
  dbCredentials: { url: process.env.DATABASE_URL ?? "" },
};

export default drizzleConfig;
`;

const SCHEMA = `// The app's own tables, for queries and drizzle-kit. Khotan's: import { events, runs } from "khotan/schema"
export {};
`;
