#!/usr/bin/env node
// `npm test`: types, lint, then every test, on a fresh clone too. The last line says `N passed, N failed`.
//   --no-browser   leaves out browser and chaos tests (and the build they need), and the library in fresh apps
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lint, types } from "./checks.mjs";
import { findChromium } from "./find-chromium.mjs";
import { bin, build, finish, install, orExit, requireNode, root } from "./prepare.mjs";

requireNode();
process.chdir(root);
process.env.NEXT_TELEMETRY_DISABLED = "1";
const total = { passed: 0, failed: 0 };
/** What failed, said again at the very end: a long run scrolls its reasons away. */
const failures = [];
const count = (passed, failed, what) => {
  total.passed += passed;
  total.failed += failed;
  if (failed > 0 && what) failures.push(what);
};

/** The failed tests of one file of results, each with the beginning of its reason. */
const reasonsOf = ({ name: file, message, assertionResults }) => {
  const failed = assertionResults.filter(({ status }) => status === "failed");
  const reason = (text) => (text ?? "").split("\n").slice(0, 12).join("\n    ");
  return failed.length === 0
    ? [`${file}\n    ${reason(message)}`]
    : failed.map((one) => `${file} > ${one.fullName}\n    ${reason(one.failureMessages?.[0])}`);
};

/** Runs one of the projects of vitest.config.ts and counts its tests; a file that does not load counts as a failure. */
const project = async (name, env = {}) => {
  console.log(`\n  ${name} tests`);
  const folder = mkdtempSync(join(tmpdir(), "khotan-results-"));
  const file = join(folder, "results.json");
  const args = ["run", "--project", name, "--passWithNoTests", "--reporter=default", "--reporter=json"];
  const { code } = await finish(process.execPath, [bin("vitest", "vitest"), ...args, `--outputFile.json=${file}`], {
    quiet: false,
    env: { NODE_ENV: "test", ...env },
  });
  try {
    const results = JSON.parse(readFileSync(file, "utf8"));
    const broken = results.testResults.filter(
      ({ status, assertionResults }) => status === "failed" && !assertionResults.some((one) => one.status === "failed"),
    );
    const failed = results.numFailedTests + broken.length;
    for (const one of results.testResults) if (one.status === "failed") failures.push(...reasonsOf(one));
    // An error outside any test, e.g. in the set-up.
    if (failed === 0 && code !== 0) count(results.numPassedTests, 1, `${name} tests: an error outside any test`);
    else count(results.numPassedTests, failed);
  } catch {
    count(0, 1, `${name} tests: no results, exit code ${code}`);
  }
  rmSync(folder, { recursive: true, force: true });
};

await orExit(install());
for (const [what, passed] of [
  ["types", await types()],
  ["lint and format", await lint()],
])
  count(passed ? 1 : 0, passed ? 0 : 1, what);
await project("unit");
await project("database");
const isBuilt = process.argv.includes("--no-browser")
  ? false
  : await build({ pages: true }).then(
      () => true,
      () => count(0, 1, "the build"),
    );
if (isBuilt) {
  const chromium = findChromium();
  if (chromium) await project("browser", { KHOTAN_CHROMIUM: chromium });
  else if (process.env.CI === "true") {
    console.error("\n  No Chromium found: install it (Debian: apt-get install chromium) or set KHOTAN_CHROMIUM.\n");
    count(0, 1, "browser tests: no Chromium");
  } else console.log("\n  browser tests left out: no Chromium found (set KHOTAN_CHROMIUM to its path)");
  await project("chaos");
  await project("consumer", chromium ? { KHOTAN_CHROMIUM: chromium } : {});
}

for (const failure of failures) console.log(`\n  ✗ ${failure}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 ? 1 : 0);
