import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { close } from "../../../tests/support/cli-hub.ts";
import { cliIn } from "../../../tests/support/cli-in.ts";
import { listen } from "../../server/http/listen.ts";

const HUB = `import { khotan } from "khotan/factory";

export default khotan({ adapter, plugs: [] });
`;
const PLUG = "src/khotan/plugs/tiny-shop.ts";

const documentOf = (summary: string) =>
  JSON.stringify({
    openapi: "3.1.0",
    info: { title: "Tiny shop", version: "1" },
    servers: [{ url: "https://shop.example/v1" }],
    paths: {
      "/orders": { get: { operationId: "listOrders", summary, responses: { 200: { description: "All." } } } },
      "/orders/{id}": {
        get: {
          operationId: "getOrder",
          parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
          responses: { 200: { description: "One." } },
        },
      },
    },
  });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "khotan-import-"));
  await mkdir(join(folder, "src/khotan"), { recursive: true });
  await writeFile(join(folder, "src/khotan/khotan.ts"), HUB);
  await writeFile(join(folder, "shop.json"), documentOf("All orders"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const cli = (...args: string[]) => cliIn(folder, args);
const read = (path: string) => readFile(join(folder, path), "utf8");
const add = (...more: string[]) => cli("add", "plug", "--from-openapi", "shop.json", ...more);

it("writes a plug from a document, only what was chosen, and registers it", async () => {
  expect(await add("--only", "listOrders")).toMatchObject({ code: 0 });
  const plug = await read(PLUG);
  expect(plug).toContain("listOrders");
  expect(plug).not.toContain("getOrder");
  expect(plug).not.toContain(folder);
  expect(await read("src/khotan/khotan.ts")).toContain("plugs: [{ plug: tinyShop }]");
});

it("writes a plug from an address", async () => {
  const server = createServer((_, response) => response.end(documentOf("All orders")));
  const url = `http://127.0.0.1:${await listen(server, 0, "127.0.0.1")}/openapi.json`;
  try {
    expect(await cli("add", "plug", "shop", "--from-openapi", url)).toMatchObject({ code: 0 });
    expect(await read("src/khotan/plugs/shop.ts")).toContain(`Source: ${url}`);
    expect(await cli("add", "plug", "--from-openapi", url.replace("//", "//me:secret@"))).toMatchObject({ code: 2 });
  } finally {
    await close(server);
  }
  expect(await cli("add", "plug", "--from-openapi", url)).toMatchObject({ code: 5 });
});

it("lists what there is to choose from, and says what was probably meant", async () => {
  expect((await add("--list")).out).toMatch(/listOrders\s+GET\s+\/orders\s+All orders/);
  expect(await add("--only", "listOrder")).toMatchObject({ code: 1, err: expect.stringContaining("listOrders") });
  expect(await cli("add", "plug", "--from-openapi", "none.json")).toMatchObject({ code: 3 });
});

it("writes a plug from a command, and keeps no secret of it anywhere", async () => {
  const command = 'curl https://api.acme.example/v1/orders/42 -H "Authorization: Bearer s3cret-t0ken"';
  expect(await cli("add", "plug", "--from-curl", command)).toMatchObject({ code: 0 });
  expect(await read("src/khotan/plugs/acme.ts")).not.toContain("s3cret");
  await expect(read("khotan.generated.json")).rejects.toThrow();
});

it("makes a plug anew when its document changed, and says before that it is out of date", async () => {
  await add();
  expect(await cli("generate", "--check")).toMatchObject({ code: 0, out: `current   ${PLUG}\n` });
  await writeFile(join(folder, "shop.json"), documentOf("Every order"));
  expect(await cli("generate", "--check")).toMatchObject({ code: 1, out: `outdated  ${PLUG}\n` });
  expect(await cli("generate")).toMatchObject({ code: 0, out: `refreshed ${PLUG}\n` });
  expect(await read(PLUG)).toContain("Every order");
  expect(await cli("generate", "--check")).toMatchObject({ code: 0 });
});

it("never touches a file that was edited or removed", async () => {
  await add();
  const mine = `${await read(PLUG)}// mine\n`;
  await writeFile(join(folder, PLUG), mine);
  await writeFile(join(folder, "shop.json"), documentOf("Every order"));
  expect(await cli("generate")).toMatchObject({ code: 0, out: `edited    ${PLUG}\n` });
  expect(await read(PLUG)).toBe(mine);
  await rm(join(folder, PLUG));
  expect(await cli("generate")).toMatchObject({ code: 0, out: `gone      ${PLUG}\n` });
  await expect(read(PLUG)).rejects.toThrow();
});

it("says which file cannot be made anew, and refuses a list that it did not write", async () => {
  await add();
  await rm(join(folder, "shop.json"));
  expect(await cli("generate", "--json")).toMatchObject({ code: 1, out: expect.stringContaining("no file shop.json") });
  await writeFile(join(folder, "khotan.generated.json"), "{}");
  expect(await cli("generate")).toMatchObject({ code: 1, err: expect.stringContaining("cannot be read") });
});
