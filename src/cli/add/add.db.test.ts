import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type ModuleRunner, moduleRunner } from "../../../tests/docs/run-modules.ts";
import { typeCheck } from "../../../tests/docs/type-check.ts";
import { close } from "../../../tests/support/cli-hub.ts";
import { cliIn } from "../../../tests/support/cli-in.ts";
import { createTestDatabase } from "../../../tests/support/database.ts";
import { TEST_SECRET } from "../../../tests/support/hub.ts";
import type { Khotan } from "../../engine/factory.ts";
import { listen } from "../../server/http/listen.ts";
import { useAuthorize } from "../edit/use-authorize.ts";
import { makeSample } from "../samples/make-sample.ts";
import { appFiles } from "../scaffold/app-files.ts";

const ROOT = resolve(import.meta.dirname, "../../..");

interface Call {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly authorization: string | undefined;
  readonly body: string;
}

let folder: string;
let peerUrl: string;
const calls: Call[] = [];
const peer = createServer((request: IncomingMessage, response) => {
  void text(request).then((body) => {
    const { method, url, headers } = request;
    calls.push({ method, url, authorization: headers.authorization, body });
    response.setHeader("content-type", "application/json");
    response.end(method === "GET" ? '[{"id":"one"},{"id":"two"}]' : "{}");
  });
});

const put = async (path: string, content: string) => {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
};
const cli = (...args: string[]) => cliIn(folder, args);

/** Every file of the app with what stands in it. */
async function everything(): Promise<Record<string, string>> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  const texts = await Promise.all(
    files.map(async (file) => [file.slice(folder.length + 1), await readFile(file, "utf8")]),
  );
  return Object.fromEntries(texts);
}

/** What a person types to have one of each kind. */
const EACH: readonly (readonly string[])[] = [
  ["plug", "acme", "--base-url", "PEER"],
  ["plug", "books", "--base-url", "PEER/books"],
  ["wire", "acme"],
  ["catch", "note-orders", "--plug", "acme"],
  ["pass", "orders-to-books", "--plug", "acme"],
  ["inflow", "items", "--plug", "acme"],
  ["outflow", "stock", "--plug", "acme"],
  ["relay", "items-to-books", "--plug", "acme", "--to", "books"],
  ["cache", "seen"],
  ["hub"],
  ["schema"],
  ["runs-table"],
  ["events-table"],
  ["plug-debugger"],
  ["var-panel"],
  ["wire-panel"],
  ["topology-canvas"],
  ["config-page"],
  ["cron"],
  ["auth"],
  ["skills"],
];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "khotan-add-"));
  peerUrl = `http://127.0.0.1:${await listen(peer, 0, "127.0.0.1")}`;
  for (const file of appFiles("src/", { hub: false })) await put(file.path, file.text);
  await put("drizzle.config.ts", 'export default { dialect: "postgresql", schema: "./src/db.ts" };\n');
  for (const args of EACH) {
    const run = await cli("add", ...args.map((one) => one.replace("PEER", peerUrl)));
    if (run.code !== 0) throw new Error(`${args.join(" ")}: ${run.err}${run.out}`);
  }
});
afterAll(async () => {
  await close(peer);
  await rm(folder, { recursive: true, force: true });
});

it("writes each kind and registers it in khotan.ts", async () => {
  const hub = await readFile(join(folder, "src/khotan/khotan.ts"), "utf8");
  expect(hub).toContain("caches: [seen]");
  expect(hub).toContain("{ plug: books },");
  expect(hub).toMatch(/plug: acme,\s+wires: \[acmeWire\],\s+catches: \[noteOrders\],\s+passes: \[ordersToBooks\],/);
  expect(hub).toContain("flows: [items, stock, itemsToBooks]");
});

it("adds pages, a schema and a schedule to the app around it", async () => {
  const files = await everything();
  // drizzle-kit would write migrations for whatever is in its schema.
  expect(files["drizzle.config.ts"]).toContain('schema: "./src/db.ts", tablesFilter: ["!khotan_*"]');
  expect(files["src/khotan/tables.ts"]).toContain('export * from "khotan/schema";');
  expect(JSON.parse(files["vercel.json"] ?? "")).toEqual({
    crons: [{ path: "/api/khotan-cron", schedule: "* * * * *" }],
  });
  expect(files["src/components/khotan/var-panel.tsx"]).toContain("<Piece plug={plug} ");
  expect(Object.keys(files)).toContain("src/app/hub/[[...path]]/page.tsx");
  expect(await cli("generate", "--check")).toMatchObject({ code: 0 });
});

it("lets a hub that asks for the key ask the app's accounts too, and leaves any other way alone", async () => {
  const files = await everything();
  const hub = files["src/khotan/khotan.ts"] ?? "";
  expect(hub).not.toContain("keyAccess");
  expect(hub).toContain('\nimport { authorize } from "./authorize";\n');
  expect(files["src/app/hub/[[...path]]/page.tsx"]).toContain(
    '<Hub signInPath="/khotan-sign-in/account" authPath="/api/auth" />',
  );
  const byKey = appFiles("src/", { hub: false }).find(({ path }) => path === "src/khotan/khotan.ts")?.text ?? "";
  expect(useAuthorize(byKey)).toMatchObject({ state: "done" });
  expect(useAuthorize(byKey.replace("authorize,", "authorize: () => true,"))).toMatchObject({ state: "manual" });
});

it("changes nothing the second time", async () => {
  const before = await everything();
  for (const args of EACH) {
    const again = await cli("add", ...args.map((one) => one.replace("PEER", peerUrl)));
    expect(again).toMatchObject({ code: 0, out: expect.not.stringMatching(/create|edit/) });
  }
  expect(await everything()).toEqual(before);
});

it("shows with --dry-run what it would do, and does not do it", async () => {
  const before = await everything();
  const run = await cli("add", "plug", "later", "--dry-run");
  expect(run.out).toBe("create  src/khotan/plugs/later.ts\nedit    src/khotan/khotan.ts\n");
  expect(await everything()).toEqual(before);
});

it("prints as JSON what it did", async () => {
  expect(JSON.parse((await cli("add", "cache", "seen", "--json")).out)).toEqual({
    created: [],
    edited: [],
    kept: ["src/khotan/caches/seen.ts", "src/khotan/khotan.ts"],
    manual: [],
    notes: [],
    packages: [],
    next: [expect.stringContaining("ctx.cache(seen)")],
  });
});

it("refuses what is written wrong, and says what was probably meant", async () => {
  expect(await cli("add", "plug", "../x")).toMatchObject({ code: 2, err: expect.stringContaining("is no name") });
  expect(await cli("add", "plug", "vars")).toMatchObject({ code: 2 });
  expect(await cli("add", "plug")).toMatchObject({ code: 2, err: expect.stringContaining("khotan add plug acme") });
  expect(await cli("add", "plg", "x")).toMatchObject({ code: 2, err: expect.stringContaining('"plug"') });
  expect(await cli("add", "catch", "a")).toMatchObject({ code: 2, err: expect.stringContaining("acme, books") });
  expect(await cli("add", "catch", "a", "--plug", "acmee")).toMatchObject({
    code: 3,
    err: expect.stringContaining('"acme"'),
  });
  expect(await cli("add", "wire", "acme", "--from-curl", "curl https://a.example")).toMatchObject({ code: 2 });
});

it("leaves a second wire to a person, with the exact step, and says so by the exit code", async () => {
  const run = await cli("add", "wire", "other", "--plug", "acme", "--dry-run");
  expect(run.code).toBe(6);
  expect(run.out).toContain("by hand src/khotan/khotan.ts");
  expect(run.out).toContain('import { other } from "./wires/other";');
  expect(run.out).toContain("has a wire already");
});

it("registers no file of somebody's own that exports something else", async () => {
  await put("src/khotan/plugs/mine.ts", "export const different = 1;\n");
  const run = await cli("add", "plug", "mine");
  await rm(join(folder, "src/khotan/plugs/mine.ts"));
  expect(run).toMatchObject({ code: 6, out: expect.stringContaining("does not export mine") });
});

/** As the app has them, inside this repository so that they find its packages. */
async function appModules() {
  const files = Object.entries(await everything()).filter(([path]) => /\.tsx?$/.test(path));
  return files.map(([path, source]) => ({ path: `tests/scaffolded/${path}`, source }));
}

it("writes what compiles in a fresh app", { timeout: 240_000 }, async () => {
  expect(typeCheck(ROOT, await appModules())).toEqual([]);
});

it("writes what runs: a signed webhook is caught and passed on, and every flow reaches its API", async () => {
  const database = await createTestDatabase();
  vi.stubEnv("DATABASE_URL", database.url);
  vi.stubEnv("KHOTAN_SECRET", TEST_SECRET);
  vi.stubEnv("KHOTAN_API_KEY", "the-key-of-this-test");
  vi.stubEnv("KHOTAN_ADMINS", "olga@example.com");
  const real = (specifier: string): Promise<Record<string, unknown>> => {
    if (specifier === "khotan") return import("khotan");
    if (specifier === "khotan/factory") return import("khotan/factory");
    if (specifier.startsWith("/")) return runner.run(`${specifier}.ts`); // as a bundler does
    return import(/* @vite-ignore */ specifier);
  };
  const runner: ModuleRunner = moduleRunner(ROOT, await appModules(), async (name) => ({
    ...(await real(name)),
    __esModule: true,
  }));
  const hub = (await runner.run("tests/scaffolded/src/khotan/khotan.ts")).default as Khotan;
  const api = async (path: string, method = "GET", body?: unknown) => {
    const headers = { authorization: "Bearer the-key-of-this-test", "content-type": "application/json" };
    const request = new Request(`http://app.test/api/khotan${path}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const answer = await hub.handler(request);
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return await answer.json();
  };
  const route = async (path: string) =>
    (await runner.run(`tests/scaffolded/src/app/api/${path}/route.ts`)) as Record<
      "GET" | "POST",
      (request: Request) => Promise<Response>
    >;
  try {
    await hub.ready();
    await hub.start();
    const secret = `whsec_${Buffer.from("a secret of this very test").toString("base64")}`;
    for (const plug of ["acme", "books"]) await api(`/variables/${plug}`, "POST", { token: `${plug}-token` });
    await api("/wires/acme", "POST", { vars: { webhookSecret: secret } });
    const { headers, body } = makeSample("generic", "order.created", { secret });
    const webhook = new Request("http://app.test/api/khotan/webhook/acme", { method: "POST", headers, body });
    const taken = await hub.handler(webhook);
    expect([taken.status, await taken.json()]).toMatchObject([202, { duplicate: false, deliveries: 2 }]);
    for (const flow of ["items", "stock", "items-to-books"]) await api(`/flows/${flow}/runs`, "POST", {});
    await vi.waitFor(
      async () => {
        const { items } = await api("/runs");
        expect(items).toHaveLength(5);
        expect(items.map((run: { name: string; status: string }) => [run.name, run.status])).toEqual(
          expect.arrayContaining(
            ["note-orders", "orders-to-books", "items", "stock", "items-to-books"].map((name) => [name, "succeeded"]),
          ),
        );
      },
      { timeout: 20_000, interval: 50 },
    );
    const made = calls.map(({ method, url, authorization }) => `${method} ${url} ${authorization}`);
    expect(made).toContain("POST /books/events Bearer books-token");
    expect(made.filter((call) => call === "GET /items Bearer acme-token")).toHaveLength(2);
    expect(made).toContain("POST /items Bearer acme-token");
    expect(made.filter((call) => call === "POST /books/items Bearer books-token")).toHaveLength(2);

    const accounts = await route("khotan-accounts");
    const account = (authorization: string, body: object) =>
      accounts.POST(
        new Request("http://app.test/api/khotan-accounts", {
          method: "POST",
          headers: { authorization },
          body: JSON.stringify(body),
        }),
      );
    const bearer = "Bearer the-key-of-this-test";
    const olga = { email: "Olga@example.com", name: "Olga", password: "a-long-password" };
    expect((await account("Bearer wrong", olga)).status).toBe(401);
    expect((await account(bearer, { ...olga, password: "short" })).status).toBe(422);
    expect((await account(bearer, olga)).status).toBe(201);
    expect((await account(bearer, { ...olga, email: "pete@example.com" })).status).toBe(201);
    const { POST } = await route("auth/[...all]");
    const signIn = (email: string, password: string) =>
      POST(
        new Request("http://localhost:3000/api/auth/sign-in/email", {
          method: "POST",
          headers: {
            "content-type": "application/json",
            host: "app.test",
            origin: "https://app.test",
            cookie: "theme=dark",
          },
          body: JSON.stringify({ email, password }),
        }),
      );
    const asks = async (answer: Response) => {
      const cookie = answer.headers
        .getSetCookie()
        .map((one) => one.split(";")[0])
        .join("; ");
      return (await hub.handler(new Request("http://app.test/api/khotan/plugs", { headers: { cookie } }))).status;
    };
    const session = await signIn("olga@example.com", "a-long-password");
    expect([session.status, await asks(session)]).toEqual([200, 200]);
    expect(await asks(await signIn("pete@example.com", "a-long-password"))).toBe(401);
    expect((await signIn("olga@example.com", "another-password")).status).toBe(401);
    expect((await account(bearer, { ...olga, password: "another-password" })).status).toBe(200);
    expect(await asks(session)).toBe(401);
  } finally {
    await hub.stop();
    await (globalThis as { khotanSql?: { end(): Promise<void> } }).khotanSql?.end();
    vi.unstubAllEnvs();
    await database.drop();
  }
});
