#!/usr/bin/env node
// `npm run bench [name …]`: runs the benchmarks of bench/, one after the other. Each prints us beside others in the same run.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { bin, finish, install, requireNode, root } from "./prepare.mjs";

requireNode();
process.chdir(root);
await install();
const known = readdirSync("bench")
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -".ts".length));
const flags = process.argv.slice(2).filter((word) => word.startsWith("-"));
const wanted = process.argv.slice(2).filter((word) => !word.startsWith("-"));
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(", ")}; there are: ${known.join(", ")}.`);
  process.exit(1);
}
for (const name of wanted.length > 0 ? wanted : known) {
  console.log(`\n  ${name}\n`);
  const { code } = await finish(process.execPath, [bin("tsx", "tsx"), join("bench", `${name}.ts`), ...flags], {
    quiet: false,
  });
  if (code !== 0) process.exit(code ?? 1);
}
