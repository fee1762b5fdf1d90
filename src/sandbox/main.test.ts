import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { startSandbox } from "./start-sandbox.ts";

const source = fileURLToPath(new URL(".", import.meta.url));
/** Inside node_modules, so that the compiled files find their packages; a folder per run, so that runs do not meet. */
const compiled = fileURLToPath(new URL(`../../node_modules/.cache/khotan-sandbox-${process.pid}/`, import.meta.url));
const main = `${compiled}main.js`;
const ready = z.object({ type: z.literal("ready"), url: z.string() });

/** What the production build does with this folder, without the type check. */
function compile() {
  const program = ts.createProgram([`${source}main.ts`], {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    rewriteRelativeImportExtensions: true,
    noCheck: true,
    skipLibCheck: true,
    types: [],
    rootDir: source,
    outDir: compiled,
  });
  expect(program.emit().emitSkipped).toBe(false);
}

describe("the sandbox as a process", () => {
  const children: ChildProcess[] = [];
  beforeAll(compile, 60_000);
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
  });
  afterAll(() => rm(compiled, { recursive: true, force: true }));

  /** With an IPC channel, as the server starts it. */
  async function start() {
    const child = fork(main, { env: { ...process.env, KHOTAN_SANDBOX_PORT: "0" }, silent: true, execArgv: [] });
    children.push(child);
    const [message] = await once(child, "message");
    return { child, url: ready.parse(message).url };
  }
  const runToEnd = async (env: Record<string, string>) => {
    const child = spawn(process.execPath, [main], { env: { ...process.env, ...env } });
    children.push(child);
    let output = "";
    child.stderr.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    const [code] = await once(child, "close");
    return { code, output };
  };

  it("serves, and ends cleanly on SIGTERM, even while a page is open and a webhook is waiting", async () => {
    const { child, url } = await start();
    const page = await fetch(`${url}/_page/changes`);
    await page.body?.getReader().read();
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const address = taken.address();
    const port = typeof address === "object" ? address?.port : 0;
    const subscribed = await fetch(`${url}/webhooks`, {
      method: "POST",
      headers: { "x-api-key": "sandbox-key" },
      body: JSON.stringify({ url: `http://127.0.0.1:${port}/never-answers` }),
    });
    expect(subscribed.status).toBe(201);
    await fetch(`${url}/emit`, { method: "POST" });
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
    taken.close();
    await expect(fetch(`${url}/health`)).rejects.toThrow();
  });

  it("ends when its parent lets go of the channel", async () => {
    const { child } = await start();
    child.disconnect();
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  it("says in one sentence that its port is taken, and exits with 1", async () => {
    const other = await startSandbox({ port: 0 });
    const { code, output } = await runToEnd({ KHOTAN_SANDBOX_PORT: String(other.port) });
    await other.stop();
    expect(code).toBe(1);
    expect(output).toBe(
      `Port ${other.port} on 127.0.0.1 is taken; free it or set KHOTAN_SANDBOX_PORT to another one.\n`,
    );
  });

  it("names the variable that is wrong, and exits with 1", async () => {
    const { code, output } = await runToEnd({ KHOTAN_SANDBOX_PORT: "many" });
    expect([code, output]).toEqual([1, "KHOTAN_SANDBOX_PORT must be a whole number from 0 to 65535.\n"]);
  });
});
