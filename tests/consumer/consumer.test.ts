import { appendFile, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { findChromium } from "../../scripts/find-chromium.mjs";
import { KINDS } from "../../src/cli/add/plan-add.ts";
import { launchBrowser } from "../support/launch-browser.ts";
import { addParts } from "./add-parts.ts";
import { addWorkflow } from "./add-workflow.ts";
import { lookAtHub, type Sight } from "./look-at-hub.ts";
import { type ConsumerApp, makeApp } from "./make-app.ts";
import { MORE_SHAPES, SHAPES } from "./shapes.ts";
import { type StartedApp, startApp } from "./start-app.ts";

/** Every kind of file that `khotan add` writes. */
const ADDED: readonly (readonly string[])[] = [
  ["plug", "acme", "--base-url", "https://api.acme.example/v1"],
  ["plug", "books", "--base-url", "https://api.books.example/v1"],
  ["wire", "acme"],
  ["catch", "keep-things", "--plug", "acme"],
  ["pass", "things-to-books", "--plug", "acme", "--to", "books"],
  ["inflow", "items", "--plug", "acme"],
  ["outflow", "stock", "--plug", "acme"],
  ["relay", "items-to-books", "--plug", "acme", "--to", "books"],
  ["cache", "seen"],
  ["schema"],
  ["hub"],
  ["runs-table"],
  ["events-table"],
  ["plug-debugger"],
  ["var-panel"],
  ["wire-panel"],
  ["topology-canvas"],
  ["config-page"],
  ["auth"],
  ["cron"],
  ["skills"],
];

const OLGA = { email: "olga@example.com", name: "Olga", password: "a-long-password" };

it("leaves out no kind of khotan add", () => {
  expect([...new Set(ADDED.map(([kind]) => kind))].sort()).toEqual([...KINDS].sort());
});

const SECRET = "whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0";

/** Names and ends of the runs that the command line listed, sorted. */
const runsOf = (listed: string): string[] =>
  JSON.parse(listed)
    .items.map(({ name, status }: { name: string; status: string }) => `${name} ${status}`)
    .sort();

const consumer = inject("consumer");
const shapes = process.env.KHOTAN_CONSUMER_SHAPES === "all" ? [...SHAPES, ...MORE_SHAPES] : SHAPES;
const sights: Sight[] = [];
let browser: Browser | undefined;
beforeAll(async () => {
  if (findChromium()) browser = await launchBrowser();
});
afterAll(() => browser?.close());

describe.skipIf(!consumer.installed).each(shapes)("a fresh app: $name", (shape) => {
  let app: ConsumerApp;
  let modules: string;
  let started: StartedApp;
  let env: Record<string, string>;
  // Each step stands on the one before.
  let broken = false;
  beforeEach((test) => test.skip(broken));
  afterEach(({ task }) => {
    broken ||= task.result?.state === "fail";
  });
  beforeAll(async () => {
    app = await makeApp(consumer, shape);
    modules = join(app.folder, shape.monorepo ? "../../node_modules" : "node_modules");
  }, 900_000);
  afterAll(() => started?.stop());

  it("is set up by khotan init --full, which changes nothing the second time", async () => {
    const init = ["init", "--full", "--yes", "--hub-path", shape.hubPath, "--json"];
    if (shape.accounts) init.push("--auth");
    const first = await app.khotan(init);
    expect(first, first.err + first.out).toMatchObject({ code: 0 });
    const done = JSON.parse(first.out);
    expect(done).toMatchObject({ manual: [], install: null, edited: expect.arrayContaining(["next.config.ts"]) });
    expect(JSON.parse((await app.khotan(init)).out)).toMatchObject({ created: [], edited: [] });
  });

  it("is given one of each kind by khotan add", async () => {
    for (const args of ADDED) {
      const added = await app.khotan(["add", ...args]);
      expect(added, `${args.join(" ")}: ${added.err}${added.out}`).toMatchObject({ code: 0 });
    }
  });

  it("builds, with every part on a page, and a handler in durable steps too", async () => {
    await addParts(app.folder, app.source);
    await addWorkflow(join(app.folder, `${app.source}khotan`));
    await app.run("next", "dist/bin/next", "build");
  });

  it("has types without a mistake, and nothing to say for its linter", async () => {
    await app.run("typescript", "bin/tsc", "--noEmit");
    const written = [
      "khotan.config.ts",
      "next.config.ts",
      "drizzle.config.ts",
      `${app.source}db`,
      `${app.source}lib`,
      `${app.source}components`,
      `${app.source}khotan`,
      `${app.source}app`,
      `${app.source}instrumentation.ts`,
    ];
    if (shape.linter === "eslint")
      await app.run("eslint", "bin/eslint.js", "--max-warnings=0", ...written, "--ignore-pattern", "**/.well-known/**");
    else
      await app.run(
        "@biomejs/biome",
        "bin/biome",
        "lint",
        "--error-on-warnings",
        ...written.filter((path) => path !== `${app.source}app`),
      );
  });

  it("has a Drizzle config that writes migrations for the app's tables alone", async () => {
    await app.run("drizzle-kit", "bin.cjs", "generate");
    expect((await readdir(join(app.folder, "drizzle"))).filter((name) => name.endsWith(".sql"))).toEqual([]);
  });

  it("starts with a database of its own, and takes and handles its first signed webhook", async () => {
    await appendFile(
      join(app.folder, ".env.local"),
      `KHOTAN_ADMINS=${OLGA.email}\nCRON_SECRET=the-secret-of-the-scheduler\n`,
    );
    started = await startApp(app.folder, modules);
    const local = await readFile(join(app.folder, ".env.local"), "utf8");
    const key = /^KHOTAN_API_KEY=(.+)$/m.exec(local)?.[1] ?? "";
    env = { KHOTAN_URL: started.url, KHOTAN_API_KEY: key };
    expect((await fetch(`${started.url}/api/khotan/plugs`)).status).toBe(401);
    const connected = await app.khotan(["wires", "connect", "hello", "--var", `webhookSecret=${SECRET}`], env);
    expect(connected, connected.err).toMatchObject({ code: 0 });
    const send = (secret: string) =>
      app.khotan(["trigger", "generic", "order.created", "--plug", "hello", "--secret", secret], env);
    expect(await send("whsec_d3Jvbmctd3Jvbmctd3Jvbmctd3Jvbmc=")).toMatchObject({ code: 4 });
    const sent = await send(SECRET);
    expect(sent, sent.err + started.output()).toMatchObject({ code: 0 });
    await expect
      .poll(async () => runsOf((await app.khotan(["runs", "list", "--json"], env)).out), {
        timeout: 90_000,
        interval: 500,
      })
      .toEqual(["note-orders succeeded", "pack-orders succeeded"]);
  });

  it("lets the accounts in that are named, makes them by the key alone, and hears no other site", async () => {
    const post = (path: string, body: object, headers: Record<string, string>) =>
      fetch(started.url + path, { method: "POST", body: JSON.stringify(body), headers });
    const make = (key: string, account: object) =>
      post("/api/khotan-accounts", account, { authorization: `Bearer ${key}` });
    expect((await make("wrong", OLGA)).status).toBe(401);
    const key = env.KHOTAN_API_KEY ?? "";
    expect((await make(key, OLGA)).status, started.output()).toBe(201);
    expect((await make(key, { ...OLGA, email: "pete@example.com" })).status).toBe(201);
    const signIn = (email: string, origin = started.url) =>
      post(
        "/api/auth/sign-in/email",
        { email, password: OLGA.password },
        { "content-type": "application/json", origin, cookie: "theme=dark" },
      );
    const asks = async (answer: Response) => {
      const cookie = answer.headers
        .getSetCookie()
        .map((one) => one.split(";")[0])
        .join("; ");
      return (await fetch(`${started.url}/api/khotan/plugs`, { headers: { cookie } })).status;
    };
    const olga = await signIn(OLGA.email);
    expect([olga.status, await asks(olga)], started.output()).toEqual([200, 200]);
    expect(await asks(await signIn("pete@example.com"))).toBe(401);
    expect((await signIn(OLGA.email, "https://evil.example")).status).toBe(403);
  });

  it("does what is due when a scheduler asks, with its secret", async () => {
    expect((await fetch(`${started.url}/api/khotan-cron`)).status).toBe(401);
    const headers = { authorization: "Bearer the-secret-of-the-scheduler" };
    expect((await fetch(`${started.url}/api/khotan-cron`, { headers })).status).toBe(200);
  });

  it("is called healthy by khotan doctor, and its migrations are applied", async () => {
    const doctor = await app.khotan(["doctor", "--json"], env);
    const { findings } = JSON.parse(doctor.out);
    expect(findings.filter(({ state }: { state: string }) => state === "failed")).toEqual([]);
    expect(doctor.code).toBe(0);
    expect(doctor.out).not.toContain(env.KHOTAN_API_KEY);
  });

  it("shows the Hub under its own path, light and dark, and keeps the host's looks", async (test) => {
    if (!browser) return test.skip();
    const visit = { url: started.url, hubPath: shape.hubPath, account: OLGA };
    const light = await lookAtHub(browser, { ...visit, dark: false });
    const dark = await lookAtHub(browser, { ...visit, dark: true });
    for (const sight of [light, dark]) {
      expect(sight.complaints).toEqual([]);
      expect(sight.heading).toBe("Runs");
      expect(sight.hostBeside).toBe(sight.hostBefore);
    }
    expect(dark.background).not.toBe(light.background);
    sights.push(light);
    // Whatever styles the host has, the Hub's parts look the same.
    expect(light.hub).toBe(sights[0]?.hub);
  });

  it("ends in order when it is told to", async () => {
    // Next 15.5 ends with 0 where Next 16 names the signal.
    expect(await started.stop()).toBe(shape.next === "16" ? 143 : 0);
    expect(started.output()).toContain("Stopping the embedded Postgres");
    // The other site was told off in the log.
    expect(started.output().replace(/^.*Better Auth.*Invalid origin.*$/gm, "")).not.toMatch(/error|unhandled/i);
  });
});
