#!/usr/bin/env node
// Runs drizzle-kit, then embeds the SQL into the engine: a bundled or serverless app has no migrations folder to read.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const name = process.argv[2];
if (name) {
  const kit = spawnSync("npx", ["drizzle-kit", "generate", "--name", name], { stdio: "inherit" });
  if (kit.status !== 0) process.exit(kit.status ?? 1);
}

const journal = JSON.parse(readFileSync("drizzle/meta/_journal.json", "utf8"));
const entries = journal.entries.map(({ tag }) => {
  const statements = readFileSync(`drizzle/${tag}.sql`, "utf8")
    .split("--> statement-breakpoint")
    .map((statement) => statement.trim())
    .filter(Boolean);
  return `  {\n    tag: ${JSON.stringify(tag)},\n    statements: ${JSON.stringify(statements, null, 2).replaceAll("\n", "\n    ")},\n  },\n`;
});

const file = "src/engine/database/migrations.ts";
writeFileSync(
  file,
  `// Generated from drizzle/ by \`npm run generate\`; do not edit.\n\nexport interface Migration {\n  readonly tag: string;\n  readonly statements: readonly string[];\n}\n\nexport const migrations: readonly Migration[] = [\n${entries.join("")}];\n`,
);
spawnSync("npx", ["biome", "format", "--write", file], { stdio: "inherit" });
