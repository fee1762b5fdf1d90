import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The specifiers of DESIGN §3, resolved to source, so that our tests import what a customer imports. */
const alias = [
  { find: /^khotan$/, replacement: at("./src/engine/index.ts") },
  { find: /^khotan\/factory$/, replacement: at("./src/engine/factory.ts") },
  { find: /^khotan\/plug$/, replacement: at("./src/engine/plugs/index.ts") },
  { find: /^khotan\/schema$/, replacement: at("./src/engine/database/schema/index.ts") },
  { find: /^khotan\/workflow$/, replacement: at("./src/engine/durable/index.ts") },
  { find: /^khotan\/instrumentation$/, replacement: at("./src/engine/boot/index.ts") },
  { find: /^khotan\/client$/, replacement: at("./src/client/index.ts") },
  { find: /^khotan\/contract$/, replacement: at("./src/contract/index.ts") },
  { find: /^khotan\/hub$/, replacement: at("./src/hub/index.ts") },
  { find: /^khotan\/next$/, replacement: at("./src/next/index.ts") },
  { find: /^khotan\/testing$/, replacement: at("./src/testing/index.ts") },
  { find: /^@\//, replacement: at("./src/") },
];

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          // Some compile what they made, or ask a real shell: on a busy machine that takes a while.
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
          include: ["src/**/*.test.{ts,tsx}", "tests/unit/**/*.test.ts", "tests/docs/**/*.test.ts"],
          exclude: ["**/*.db.test.ts", "**/node_modules/**"],
        },
      },
      {
        extends: true,
        test: {
          name: "database",
          sequence: { groupOrder: 1 },
          include: ["src/**/*.db.test.ts", "tests/integration/**/*.test.ts", "tests/docs/**/*.db.test.ts"],
          globalSetup: ["tests/support/global-postgres.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          sequence: { groupOrder: 2 },
          include: ["tests/e2e/**/*.test.ts"],
          globalSetup: ["tests/support/global-app.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: "consumer",
          sequence: { groupOrder: 4 },
          include: ["tests/consumer/**/*.test.ts"],
          globalSetup: ["tests/consumer/global-install.ts"],
          testTimeout: 600_000,
          hookTimeout: 900_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: "chaos",
          sequence: { groupOrder: 3 },
          include: ["tests/chaos/**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
