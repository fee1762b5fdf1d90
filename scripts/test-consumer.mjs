#!/usr/bin/env node
// `npm run test:consumer`: the packed library in fresh apps, as somebody else's: installed, set up, built, started, used.
//   --all   also pnpm, Next 15.5, a monorepo and an alias of its own (a quarter of an hour more)
import { findChromium } from "./find-chromium.mjs";
import { bin, finish, install, orExit, requireNode, root } from "./prepare.mjs";

requireNode();
process.chdir(root);
await orExit(install());
const args = process.argv.slice(2);
const { code } = await finish(
  process.execPath,
  [bin("vitest", "vitest"), "run", "--project", "consumer", ...args.filter((word) => word !== "--all")],
  {
    quiet: false,
    env: {
      NODE_ENV: "test",
      KHOTAN_CHROMIUM: findChromium() ?? "",
      KHOTAN_CONSUMER_SHAPES: args.includes("--all") ? "all" : "",
    },
  },
);
process.exit(code ?? 1);
