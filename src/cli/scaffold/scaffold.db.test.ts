import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { moduleRunner } from "../../../tests/docs/run-modules.ts";
import { typeCheck } from "../../../tests/docs/type-check.ts";
import { createTestDatabase } from "../../../tests/support/database.ts";
import { TEST_SECRET } from "../../../tests/support/hub.ts";
import type { Khotan } from "../../engine/factory.ts";
import { runCli } from "../run-cli.ts";
import { appFiles } from "./app-files.ts";
import { INTEGRATIONS } from "./integration-files.ts";

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

it("adds each kind once, below the configured folder, and refuses what is no name", async () => {
  await put("khotan.config.ts", 'export default { outputDir: "lib/hub" };');
  for (const kind of Object.keys(INTEGRATIONS))
    expect(await cli("add", kind, `my-${kind}`, "--plug", "shop")).toMatchObject({ code: 0 });
  expect(await readFile(join(folder, "lib/hub/plugs/my-plug.ts"), "utf8")).toContain("export const myPlug");
  expect(await cli("add", "plug", "my-plug")).toMatchObject({ code: 1 });
  expect(await cli("add", "plug", "vars")).toMatchObject({ code: 2 });
  expect(await cli("add", "wire", "whose")).toMatchObject({ code: 2 });
  expect(await cli("add", "plug", "../x")).toMatchObject({ code: 2 });
  expect((await cli("add", "plg", "x")).out).toContain('Did you mean "plug"?');
});

/** As an app has them, inside this repository so that they find its packages. */
const modules = [
  ...appFiles("", { hub: true })
    .filter(({ path }) => /\.tsx?$/.test(path))
    .map(({ path, text }) => ({ path: `tests/scaffolded/${path}`, source: text })),
  ...Object.entries(INTEGRATIONS).map(([kind, make]) => {
    const { path, text } = make(`my-${kind}`, "my-plug");
    return { path: `tests/scaffolded/khotan/${path}`, source: text };
  }),
];

it("everything that is written compiles", { timeout: 240_000 }, () => {
  expect(typeCheck(ROOT, modules)).toEqual([]);
});

it("the written hub takes its first signed webhook once a plug, a wire and a catch are registered", async () => {
  const database = await createTestDatabase();
  vi.stubEnv("DATABASE_URL", database.url);
  vi.stubEnv("KHOTAN_SECRET", TEST_SECRET);
  vi.stubEnv("KHOTAN_API_KEY", "the-key-of-this-test");
  const runnable = modules.map(({ path, source }) => {
    if (!path.endsWith("khotan/khotan.ts")) return { path, source };
    const imports = ["plugs/my-plug.ts:myPlug", "wires/my-wire.ts:myWire", "catches/my-catch.ts:myCatch"].map((one) => {
      const [file, name] = one.split(":");
      return `import { ${name} } from "./${file}";\n`;
    });
    const registration = "plugs: [{ plug: myPlug, wires: [myWire], catches: [myCatch] }]";
    return { path, source: imports.join("") + source.replace("plugs: []", registration) };
  });
  const real = (specifier: string): Promise<Record<string, unknown>> => {
    if (specifier === "khotan") return import("khotan");
    if (specifier === "khotan/factory") return import("khotan/factory");
    return import(/* @vite-ignore */ specifier);
  };
  const runner = moduleRunner(ROOT, runnable, async (specifier) => ({ ...(await real(specifier)), __esModule: true }));
  const hub = (await runner.run("tests/scaffolded/khotan/khotan.ts")).default as Khotan;
  try {
    await hub.ready();
    await hub.start();
    const at = (path: string) => `http://app.test/api/khotan${path}`;
    const headers = { authorization: "Bearer the-key-of-this-test", "content-type": "application/json" };
    expect((await hub.handler(new Request(at("/plugs")))).status).toBe(401);
    const body = JSON.stringify({ vars: { webhookSecret: "s3cret" } });
    expect((await hub.handler(new Request(at("/wires/my-plug"), { method: "POST", headers, body }))).status).toBe(200);
    const { hmacSignature } = await import("khotan");
    const sent = new TextEncoder().encode('{"type":"order.created","id":"1"}');
    const signed = hmacSignature({ header: "x-my-plug-signature" }).sign?.(
      { method: "POST", url: at("/webhook/my-plug"), headers: {}, body: sent },
      "s3cret",
    );
    const webhook = new Request(at("/webhook/my-plug"), {
      method: "POST",
      headers: { ...signed?.headers },
      body: sent,
    });
    const answer = await hub.handler(webhook);
    expect(answer.status).toBe(202);
    expect(await answer.json()).toMatchObject({ duplicate: false, deliveries: 1 });
  } finally {
    await hub.stop();
    await (globalThis as { khotanSql?: { end(): Promise<void> } }).khotanSql?.end();
    vi.unstubAllEnvs();
    await database.drop();
  }
});
