import { defineConfig } from "khotan";

export default defineConfig({
  outputDir: "src/khotan",
  basePath: "/api/khotan",
  schema: "src/khotan/tables/index.ts",
});
