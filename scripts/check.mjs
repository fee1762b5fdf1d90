#!/usr/bin/env node
// `npm run check`: types, lint and format, dead code, architecture, the package. Everything is run, then the verdict.
import { architecture, deadCode, lint, packaging, types } from "./checks.mjs";
import { install, orExit, requireNode, root } from "./prepare.mjs";

requireNode();
process.chdir(root);
await orExit(install());
const passed = [await types(), await lint(), await architecture(), await deadCode(), await packaging()];
process.exit(passed.includes(false) ? 1 : 0);
