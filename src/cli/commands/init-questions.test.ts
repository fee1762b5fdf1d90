import { access, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { runCli } from "../run-cli.ts";

// A terminal that a person sits at cannot be had in a test: what they press is given here.
const confirm = vi.hoisted(() => vi.fn<(question: { message: string }) => Promise<boolean | symbol>>());
vi.mock("@clack/prompts", () => ({ confirm, isCancel: (answer: unknown) => typeof answer === "symbol" }));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "khotan-questions-"));
  await mkdir(join(folder, "src/app"), { recursive: true });
  await writeFile(join(folder, "package.json"), '{ "dependencies": { "next": "16.4.3" } }');
  confirm.mockReset();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** @returns the exit code, and what was asked */
async function init(pressed: readonly (boolean | symbol)[], ...args: string[]) {
  for (const answer of pressed) confirm.mockResolvedValueOnce(answer);
  const code = await runCli(["init", "--no-install", ...args], {
    ...{
      out: () => undefined,
      err: () => undefined,
      columns: 80,
      interactive: true,
      env: {},
      home: folder,
      cwd: folder,
    },
    signal: new AbortController().signal,
    readStdin: async () => "",
    openBrowser: () => undefined,
  });
  return { code, asked: confirm.mock.calls.map(([{ message }]) => message) };
}

const isThere = (path: string) => access(join(folder, path)).then(...([() => true, () => false] as const));
const PAGE = "src/app/hub/[[...path]]/page.tsx";
const AUTH = "src/lib/auth.ts";

it("asks about the Hub's page and its accounts, and does what was said", async () => {
  const { code, asked } = await init([true, true, true]);
  expect(code).toBe(0);
  expect(asked).toEqual([
    expect.stringContaining("page"),
    expect.stringContaining("accounts (better-auth)"),
    "Do this?",
  ]);
  expect([await isThere(PAGE), await isThere(AUTH)]).toEqual([true, true]);
});

it("asks for no accounts where there is no page", async () => {
  expect(await init([false, true])).toMatchObject({ code: 0, asked: [expect.stringContaining("page"), "Do this?"] });
  expect([await isThere(PAGE), await isThere(AUTH)]).toEqual([false, false]);
});

it("asks nothing that was said already", async () => {
  expect(await init([true], "--hub")).toMatchObject({ code: 0, asked: ["Do this?"] });
  expect([await isThere(PAGE), await isThere(AUTH)]).toEqual([true, false]);
});

it.each([[[Symbol("cancelled")]], [[true, Symbol("cancelled")]], [[true, true, false]]])(
  "changes nothing when one goes away in between: %o",
  async (pressed) => {
    expect(await init(pressed)).toMatchObject({ code: 130 });
    expect(await isThere("khotan.config.ts")).toBe(false);
  },
);
