// What is looked at besides running tests. Each check says how it went and hands back whether all is well.
import { bin, finish } from "./prepare.mjs";

const check = async (name, args, { show = false } = {}) => {
  const since = Date.now();
  const { code, output } = await finish(process.execPath, args);
  console.log(`  ${code === 0 ? "✓" : "✗"} ${name} (${((Date.now() - since) / 1000).toFixed(1)} s)`);
  if (code !== 0) console.error(output);
  else if (show) console.log(output.trimEnd());
  return code === 0;
};

export const types = async () => {
  // `next-env.d.ts` and the types of the routes: what an editor gets from a running Next.
  await finish(process.execPath, [bin("next", "next"), "typegen"]);
  return check("Types", [bin("typescript", "tsc"), "--noEmit", "-p", "tsconfig.json"]);
};

export const lint = () => check("Lint and format", [bin("@biomejs/biome", "biome"), "check", "."]);

export const deadCode = () => check("Dead code", [bin("knip", "knip"), "--no-progress"]);

export const architecture = () =>
  check("Architecture", [bin("vitest", "vitest"), "run", "--project", "unit", "tests/unit/architecture.test.ts"]);

/** What a customer would install. */
export const packaging = () => check("Package", [`${import.meta.dirname}/check-package.mjs`], { show: true });
