import { execFile } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { getRequestListener } from "@hono/node-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RETENTION_KINDS, ROLLUP_SUBJECTS } from "../../src/contract/index.ts";
import { none, plug, wire } from "../../src/engine/index.ts";
import { RETENTION_DEFAULTS } from "../../src/engine/retention/retention-rules.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { createHttpHub, type HttpHub } from "../support/http-hub.ts";
import { docsPage, ROOT } from "./docs-page.ts";
import { typeCheck } from "./type-check.ts";

const page = docsPage("operate.md");
const text = readFileSync(resolve(ROOT, "docs/operate.md"), "utf8");
const exec = promisify(execFile);

let database: TestDatabase;
let hub: HttpHub;
let server: Server;
let origin = "";

beforeAll(async () => {
  database = await createTestDatabase();
  const shop = wire({ events: ["order.*"], onVerify: () => true, listMissed: () => [] });
  hub = createHttpHub(database.url, {
    plugs: [{ plug: plug({ name: "shop", baseUrl: "https://shop.example", auth: none() }), wires: [shop] }],
    authorize: () => true,
  });
  await hub.khotan.start();
  await hub.send("admin", "POST", "/wires/shop", { body: {} });
  server = createServer(getRequestListener(hub.khotan.handler)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  origin = `http://127.0.0.1:${address.port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await hub.stop();
  await database.drop();
});

const shell = page.blocks.filter(({ language }) => language === "sh").map(({ lines }) => lines.join("\n"));
const commands = shell.slice(1).flatMap((code) => code.trim().split("\n"));

test("there are commands to run", () => {
  expect(commands.length).toBeGreaterThanOrEqual(8);
});

test.each(commands)("%s", async (command) => {
  const head = (shell[0] ?? "").replaceAll("http://localhost:3000", origin);
  const { stdout } = await exec("sh", ["-ec", `${head}\n${command}`]);
  expect(JSON.parse(stdout)).toBeTypeOf("object");
});

test("every kind, its days and every subject are named", () => {
  for (const kind of RETENTION_KINDS) {
    const row = text.split("\n").find((line) => line.startsWith("|") && line.includes(`\`${kind}\``));
    const days = RETENTION_DEFAULTS[kind].days;
    expect(row, kind).toMatch(new RegExp(`\\b${days}\\b`));
  }
  for (const subject of ROLLUP_SUBJECTS) expect(text).toContain(`| \`${subject}\``);
});

test("the example compiles", { timeout: 120_000 }, () => {
  expect(page.modules).toHaveLength(1);
  expect(typeCheck(ROOT, page.modules)).toEqual([]);
});
