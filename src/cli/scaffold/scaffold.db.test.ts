import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { typeCheck } from "../../../tests/docs/type-check.ts";
import { runCli } from "../run-cli.ts";
import { appFiles } from "./app-files.ts";

const ROOT = resolve(import.meta.dirname, "../../..");
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "khotan-init-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function cli(...args: string[]) {
  let out = "";
  const add = (text: string) => {
    out += text;
  };
  const terminal = {
    ...{ out: add, err: add, columns: 100, interactive: false, env: {}, home: folder, cwd: folder },
    ...{ signal: new AbortController().signal, readStdin: async () => "", openBrowser: () => undefined },
  };
  return { code: await runCli(args, terminal), out };
}

const put = async (path: string, text: string) => {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
};

it("shows its plan, writes what is missing, and changes nothing the second time", async () => {
  await put("app/page.tsx", "");
  const plan = await cli("init", "--dry-run");
  expect(plan).toMatchObject({ code: 0 });
  expect(plan.out).toContain("create  app/api/khotan/[...all]/route.ts");
  await expect(readFile(join(folder, "khotan.config.ts"))).rejects.toThrow();
  expect(await cli("init")).toMatchObject({ code: 2 }); // nobody can be asked
  expect(await cli("init", "--yes", "--hub")).toMatchObject({ code: 0 });
  await writeFile(join(folder, "khotan/khotan.ts"), "// mine\nimport {} from 'khotan/factory';");
  const again = await cli("init", "--yes", "--hub");
  expect(again).toMatchObject({ code: 0 });
  expect(again.out).not.toContain("create");
  expect(await readFile(join(folder, "khotan/khotan.ts"), "utf8")).toMatch(/^\/\/ mine/);
});

it("leaves files alone that are there, says what they lack, and so does the exit code", async () => {
  await put("src/app/page.tsx", "");
  await put("next.config.mjs", "export default {};");
  await put("src/instrumentation.ts", "export function register() {}");
  const run = await cli("init", "--yes");
  expect(run.code).toBe(6);
  expect(run.out).toContain("withKhotan(yourConfig)");
  expect(await readFile(join(folder, "next.config.mjs"), "utf8")).toBe("export default {};");
  expect(await readFile(join(folder, "src/instrumentation.ts"), "utf8")).toBe("export function register() {}");
});

/** As an app has them, inside this repository so that they find its packages. */
const modules = [
  ...appFiles("", { hub: true })
    .filter(({ path }) => /\.tsx?$/.test(path))
    .map(({ path, text }) => ({ path: `tests/scaffolded/${path}`, source: text })),
];

it("everything that is written compiles", { timeout: 240_000 }, () => {
  expect(typeCheck(ROOT, modules)).toEqual([]);
});
