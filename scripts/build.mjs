#!/usr/bin/env node
// Everything `npm start` would build, without starting: for images and for machines that build once and run many.
import { build, install, orExit, requireNode, root } from "./prepare.mjs";

requireNode();
process.chdir(root);
await orExit(install());
await orExit(build({ pages: true }));
