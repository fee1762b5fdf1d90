#!/usr/bin/env node
// `npm start`: everything from a fresh clone to a running Khotan. With `--dev`, the same with hot reload.
import { build, install, orExit, requireNode, root } from "./prepare.mjs";

requireNode();
process.chdir(root);
const dev = process.argv.includes("--dev");
process.env.NODE_ENV = dev ? "development" : "production";
process.env.NEXT_TELEMETRY_DISABLED = "1";

console.log(`\n  Khotan${dev ? ", with hot reload" : ""}\n`);
await orExit(install());
await orExit(build({ pages: !dev }));
// In this very process: one thing to stop, one thing to kill.
await import("../dist/server/main.js");
