#!/usr/bin/env node
// `npm run test:chaos`: a hundred rounds of trouble for two processes of the engine, then the tests that kill the app itself.
//   --rounds 250 --seed 7 --only "commit"   see tests/chaos/rounds.ts
//   --no-app                                only the rounds, which need no build
import { join } from "node:path";
import { bin, build, finish, install, orExit, requireNode, root } from "./prepare.mjs";

requireNode();
process.chdir(root);
process.env.NEXT_TELEMETRY_DISABLED = "1";
const args = process.argv.slice(2);
await orExit(install());
const run = async (...command) => {
  const { code } = await finish(process.execPath, command, { quiet: false });
  if (code !== 0) process.exit(code ?? 1);
};
await run(bin("tsx", "tsx"), join("tests", "chaos", "rounds.ts"), ...args.filter((word) => word !== "--no-app"));
if (!args.includes("--no-app")) {
  await orExit(build({ pages: true }));
  await run(bin("vitest", "vitest"), "run", "--project", "chaos", "--exclude", "tests/chaos/rounds.test.ts");
}
