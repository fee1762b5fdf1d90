import { defineConfig } from "drizzle-kit";

/** The app's own tables, apart from Khotan's. */
export default defineConfig({
  dialect: "postgresql",
  schema: "./src/khotan/tables/index.ts",
  out: "./drizzle/app",
});
