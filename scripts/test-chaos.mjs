#!/usr/bin/env node
// `npm run test:chaos`: more than a hundred rounds of trouble, for two processes of the engine and for two of the app as
// `npm start` starts it, then the tests that kill the app in given moments.
//   --rounds 250 --app-rounds 20 --seed 7 --only "commit"   see tests/chaos/rounds.ts
//   --no-app                                                only the engine's processes, which need no build
import { join } from "node:path";
import { bin, build, finish, install, orExit, requireNode, root } from "./prepare.mjs";

requireNode();
process.chdir(root);
process.env.NEXT_TELEMETRY_DISABLED = "1";
const args = process.argv.slice(2);
const withApp = !args.includes("--no-app");
await orExit(install());
if (withApp) await orExit(build({ pages: true }));
const run = async (...command) => {
  const { code } = await finish(process.execPath, command, { quiet: false });
  if (code !== 0) process.exit(code ?? 1);
};
const rounds = withApp ? args : [...args.filter((word) => word !== "--no-app"), "--app-rounds", "0"];
await run(bin("tsx", "tsx"), join("tests", "chaos", "rounds.ts"), ...rounds);
if (withApp) await run(bin("vitest", "vitest"), "run", "--project", "chaos", "--exclude", "tests/chaos/rounds.test.ts");
