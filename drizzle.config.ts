import { defineConfig } from "drizzle-kit";

/** Writes migrations from our table definitions. `npm run generate` also embeds them for the engine. */
export default defineConfig({
  dialect: "postgresql",
  schema: "./src/engine/database/schema/index.ts",
  out: "./drizzle",
  tablesFilter: ["khotan_*"],
});
