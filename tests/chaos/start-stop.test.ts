import { once } from "node:events";
import { access, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type AppAttempt,
  attemptApp,
  type DataFolder,
  type RunningApp,
  runApp,
  temporaryDataFolder,
} from "../support/run-app.ts";

describe("npm start", () => {
  let folder: DataFolder;
  const running: RunningApp[] = [];
  const attempts: AppAttempt[] = [];

  const start = async (env: Record<string, string> = {}): Promise<RunningApp> => {
    const app = await runApp({ KHOTAN_DATA_DIR: folder.path, KHOTAN_SANDBOX: "0", ...env });
    running.push(app);
    return app;
  };
  const fails = async (env: Record<string, string>): Promise<{ code: number | null; output: string }> => {
    const attempt = attemptApp({ KHOTAN_DATA_DIR: folder.path, KHOTAN_SANDBOX: "0", ...env });
    attempts.push(attempt);
    const code = await attempt.exit;
    return { code, output: attempt.output() };
  };
  const postgresRuns = (): Promise<boolean> =>
    access(join(folder.path, "postgres/postmaster.pid")).then(
      () => true,
      () => false,
    );
  const isUp = async (app: RunningApp): Promise<boolean> => (await fetch(`${app.url}/api/khotan/health`)).ok;

  beforeEach(async () => {
    folder = await temporaryDataFolder();
  });
  afterEach(async () => {
    for (const app of running.splice(0)) await app.stop();
    for (const { child } of attempts.splice(0)) child.kill("SIGKILL");
    await folder.remove();
  });

  it("is up with nothing set, and Ctrl-C ends all that it started", async () => {
    const app = await start({ KHOTAN_SANDBOX: "1" });
    expect(await isUp(app)).toBe(true);
    expect(app.setupLink).toMatch(new RegExp(`^${app.url}/setup\\?token=[\\w-]{43}$`));
    const { sandboxUrl } = app;
    expect((await fetch(String(sandboxUrl))).ok).toBe(true);
    expect(await app.stop()).toBe(0);
    expect(await postgresRuns()).toBe(false);
    await expect(fetch(String(sandboxUrl))).rejects.toThrow();
    await expect(fetch(app.url)).rejects.toThrow();
  });

  it("stops within its deadline although an event stream is open", async () => {
    const app = await start();
    const stream = await app.api("/api/khotan/stream", { headers: { accept: "text/event-stream" } });
    expect(stream.status).toBe(200);
    const ended = stream.text().catch(() => "cut");
    const before = Date.now();
    expect(await app.stop()).toBe(0);
    await ended;
    expect(Date.now() - before).toBeLessThan(10_000);
  });

  it("keeps its secret, its data and its port for Postgres from one start to the next", async () => {
    await (await start()).stop();
    const before = await readFile(join(folder.path, "secret"), "utf8");
    const app = await start();
    expect(await isUp(app)).toBe(true);
    expect(await readFile(join(folder.path, "secret"), "utf8")).toBe(before);
  });

  it("adopts the Postgres that kill -9 left behind, and says so", async () => {
    const killed = await start();
    await killed.kill();
    expect(await postgresRuns()).toBe(true);
    const app = await start();
    expect(app.output()).toContain("Adopted the embedded Postgres that a killed process left running");
    expect(await isUp(app)).toBe(true);
    await app.stop();
    expect(await postgresRuns()).toBe(false);
  });

  it("ends in order when the npm it runs under is killed, instead of holding the port", async () => {
    const npm = attemptApp({ KHOTAN_DATA_DIR: folder.path, KHOTAN_SANDBOX: "0" }, ["npm", "start"]);
    attempts.push(npm);
    await npm.ready;
    // Closes when the last process that writes to it is gone.
    const silent = once(npm.child, "close");
    npm.child.kill("SIGKILL");
    await silent;
    expect(npm.output()).toContain("npm has ended: stopping");
    expect(await postgresRuns()).toBe(false);
  });

  it("shares a data folder: the last process to leave stops Postgres", async () => {
    const [first, second] = await Promise.all([start(), start()]);
    await first.stop();
    expect(await postgresRuns()).toBe(true);
    expect(await isUp(second)).toBe(true);
    await second.stop();
    expect(await postgresRuns()).toBe(false);
  });

  it("uses the database it is given and starts none", async () => {
    const host = await start();
    const port = (await readFile(join(folder.path, "postgres.port"), "utf8")).trim();
    const password = (await readFile(join(folder.path, "postgres.password"), "utf8")).trim();
    const server = `postgres://khotan:${password}@127.0.0.1:${port}`;
    const sql = postgres(`${server}/khotan`, { max: 1 });
    await sql`create database elsewhere`;
    await sql.end();
    const own = await temporaryDataFolder();
    const app = await start({
      KHOTAN_DATA_DIR: own.path,
      DATABASE_URL: `${server}/elsewhere`,
      KHOTAN_SECRET: "0123456789abcdef0123456789abcdef",
    });
    expect(await isUp(app)).toBe(true);
    expect(app.output()).not.toContain("mbedded Postgres");
    await app.stop();
    expect(await isUp(host)).toBe(true);
    await own.remove();
  });

  it("splits into processes that accept and processes that handle", async () => {
    const web = await start({ KHOTAN_ROLE: "web" });
    const worker = await start({ KHOTAN_ROLE: "worker" });
    expect(await isUp(web)).toBe(true);
    expect(await isUp(worker)).toBe(true);
    for (const path of ["/", "/api/khotan/plugs", "/api/khotan/webhook/github", "/api/auth/get-session"])
      expect((await worker.api(path)).status).toBe(404);
    expect((await worker.api("/api/khotan/ready")).status).toBe(200);
  });

  it("does not show Workflow's own endpoints to the world", async () => {
    const app = await start();
    for (const path of [
      "/.well-known/workflow/v1/flow",
      "/.well-known/workflow/v1/step",
      "//.well-known/workflow/v1/flow",
      "/%2ewell-known/workflow/v1/flow",
      "/x/..%2f.well-known/workflow/v1/flow",
    ])
      for (const method of ["GET", "POST"]) expect((await app.api(path, { method })).status).toBe(404);
  });

  it("says in one sentence that its port is taken", async () => {
    const squatter = createServer().listen(0);
    await once(squatter, "listening");
    const address = squatter.address();
    const port = typeof address === "object" && address ? String(address.port) : "";
    const { code, output } = await fails({ PORT: port });
    squatter.close();
    expect(code).toBe(1);
    expect(output).toContain(`Port ${port} is taken: stop what listens there, or set PORT to another one.`);
    expect(output).not.toMatch(/\n\s+at /);
  });

  it.each([
    ["PORT", "web", /PORT must be a port number/],
    ["KHOTAN_ROLE", "boss", /KHOTAN_ROLE must be one of all, web, worker\./],
    ["DATABASE_URL", "postgres://127.0.0.1:5432/x", /KHOTAN_SECRET must be set when DATABASE_URL is/],
  ])("says in one sentence what is wrong with %s=%s", async (name, value, sentence) => {
    const { code, output } = await fails({ [name]: value });
    expect(code).toBe(1);
    expect(output).toMatch(sentence);
    expect(output).not.toMatch(/\n\s+at /);
    expect(await postgresRuns()).toBe(false);
  });

  it("says in one sentence that the database refuses it", async () => {
    await start();
    const port = (await readFile(join(folder.path, "postgres.port"), "utf8")).trim();
    const { code, output } = await fails({
      DATABASE_URL: `postgres://khotan:wrong@127.0.0.1:${port}/khotan`,
      KHOTAN_SECRET: "0123456789abcdef0123456789abcdef",
    });
    expect(code).toBe(1);
    expect(output).toMatch(/DATABASE_URL must point to a Postgres that answers; it said: .*password/);
    expect(output).not.toMatch(/\n\s+at /);
  });

  it("says in one sentence that its data folder cannot be used", async () => {
    const file = join(folder.path, "file");
    await writeFile(file, "");
    const { code, output } = await fails({ KHOTAN_DATA_DIR: join(file, "data") });
    expect(code).toBe(1);
    expect(output).toMatch(/The data folder .* point KHOTAN_DATA_DIR to a folder this user may write to\./);
    expect(output).not.toMatch(/\n\s+at /);
  });

  it("leaves nothing behind when it is interrupted while starting", async () => {
    const attempt = attemptApp({ KHOTAN_DATA_DIR: folder.path, KHOTAN_SANDBOX: "0" });
    attempts.push(attempt);
    await attempt.printed("Preparing an embedded Postgres");
    attempt.child.kill("SIGTERM");
    expect(await attempt.exit).toBe(0);
    expect(attempt.output()).not.toMatch(/\n\s+at /);
    expect(await postgresRuns()).toBe(false);
    expect(await isUp(await start())).toBe(true);
  });
});
