import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { connect, DEFAULT_URL } from "./connect.ts";
import { loginFile, writeLogin } from "./saved-login.ts";
import type { Terminal } from "./terminal.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "khotan-connect-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const terminal = (env: Terminal["env"] = {}): Terminal => ({
  out: () => undefined,
  err: () => undefined,
  columns: 80,
  interactive: false,
  env,
  home: join(folder, "home"),
  cwd: folder,
  signal: new AbortController().signal,
  readStdin: async () => "",
  openBrowser: () => undefined,
});

it("finds the key of the app whose folder it stands in", async () => {
  await writeFile(join(folder, ".env"), "KHOTAN_API_KEY=of-env\nKHOTAN_URL=\n");
  expect(await connect({}, terminal())).toMatchObject({ url: DEFAULT_URL, key: "of-env" });
  await writeFile(join(folder, ".env.local"), 'KHOTAN_API_KEY="of-env-local"\n');
  expect(await connect({}, terminal())).toMatchObject({ key: "of-env-local" });
  expect(await connect({}, terminal({ KHOTAN_API_KEY: "of-env" }))).toMatchObject({ key: "of-env" });
  expect(await connect({ key: "given" }, terminal())).toMatchObject({ key: "given" });
});

it("gives an app's key to no other hub", async () => {
  await writeFile(join(folder, ".env.local"), "KHOTAN_API_KEY=mine\nKHOTAN_URL=https://mine.example\n");
  expect(await connect({}, terminal())).toMatchObject({ url: "https://mine.example/api/khotan", key: "mine" });
  expect(await connect({ url: "https://other.example" }, terminal())).toMatchObject({ key: undefined });
});

it("takes a login where nothing else is said, and gives its key to its own hub only", async () => {
  await writeLogin(loginFile(terminal()), { url: "https://far.example/api/khotan", key: "saved" });
  expect(await connect({}, terminal())).toMatchObject({ url: "https://far.example/api/khotan", key: "saved" });
  expect(await connect({ url: "https://other.example" }, terminal())).toMatchObject({ key: undefined });
});
