import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub } from "../../../tests/support/http-hub.ts";
import { readAll } from "../../../tests/support/read-all.ts";
import { encodeId, newUuid } from "../../contract/index.ts";
import { fieldMapping } from "../index.ts";

let database: TestDatabase;
let hub: HttpHub;
const products = fieldMapping({
  name: "products",
  resource: "products",
  fields: [{ target: "sku" }, { target: "minor", transform: "$number(price) * 100", type: "integer" }],
});

beforeAll(async () => {
  database = await createTestDatabase();
  hub = createHttpHub(database.url, { plugs: [], fieldMappings: [products] });
  await hub.khotan.ready();
});
beforeEach(() => hub.sql`truncate khotan_field_mapping_versions, khotan_audit`);
afterAll(async () => {
  await hub.stop();
  await database.drop();
});

const PATH = "/field-mappings/products";
const draft = (target: string) => ({ definition: { fields: [{ target, source: "sku" }] } });
const save = (who: string, target: string, more: object = {}, tenant = who) =>
  hub.send(who, "PUT", `${PATH}?tenant=${tenant}`, { body: { ...draft(target), ...more } });

test.each([
  ["GET", "/field-mappings", "viewer"],
  ["GET", PATH, "viewer"],
  ["GET", `${PATH}/versions`, "viewer"],
  ["PUT", PATH, "operator"],
  ["POST", `${PATH}/rollback`, "operator"],
  ["POST", `${PATH}/preview`, "operator"],
])("%s %s is protected", async (method, path, role) => {
  expect((await hub.send(null, method, path)).status).toBe(401);
  if (role === "operator") expect((await hub.send("viewer", method, path)).status).toBe(403);
});

test("each tenant has versions of its own, and the code's until it saves one", async () => {
  expect((await save("acme", "code", { note: "renamed" })).json).toMatchObject({
    version: 1,
    tenant: "acme",
    note: "renamed",
    actor: "key_acme",
  });
  const read = async (who: string) => {
    const { name, version, definition } = (await hub.send(who, "GET", "/field-mappings")).json.items[0];
    return [name, version, definition.fields.length];
  };
  expect([await read("acme"), await read("globex"), await read("admin")]).toEqual([
    ["products", 1, 1],
    ["products", 0, 2],
    ["products", 0, 2],
  ]);
  for (const [method, path, body] of [
    ["GET", PATH, undefined],
    ["GET", `${PATH}/versions`, undefined],
    ["PUT", PATH, draft("x")],
    ["POST", `${PATH}/rollback`, { version: 1 }],
    ["POST", `${PATH}/preview`, { record: {} }],
  ] as const)
    expect((await hub.send("globex", method, `${path}?tenant=acme`, { body })).status).toBe(403);
  expect((await hub.khotan.fieldMapping(products, { tenant: "acme" })).version).toBe(1);
  expect(await (await hub.khotan.fieldMapping("products")).apply([{ sku: "A", price: "1.5" }])).toEqual([
    { ok: true, value: { sku: "A", minor: 150 } },
  ]);
});

test("versions are never changed, are listed newest first, and can be gone back to", async () => {
  for (const target of ["a", "b", "c"]) await save("acme", target);
  const back = await hub.send("acme", "POST", `${PATH}/rollback?tenant=acme`, { body: { version: 1 } });
  expect(back.json).toMatchObject({ version: 4, definition: { fields: [{ target: "a" }] } });
  expect(await readAll(hub, `${PATH}/versions`, { tenant: "acme", limit: 1 }, "acme")).toHaveLength(4);
  const listed = (await hub.send("acme", "GET", `${PATH}/versions?tenant=acme`)).json.items;
  expect(
    listed.map((it: { version: number; definition: { fields: { target: string }[] } }) => [
      it.version,
      it.definition.fields[0]?.target,
    ]),
  ).toEqual([
    [4, "a"],
    [3, "c"],
    [2, "b"],
    [1, "a"],
  ]);
  expect((await hub.send("acme", "POST", `${PATH}/rollback?tenant=acme`, { body: { version: 0 } })).json).toMatchObject(
    { version: 5, definition: products.definition },
  );
  expect((await hub.send("acme", "POST", `${PATH}/rollback?tenant=acme`, { body: { version: 99 } })).status).toBe(404);
  const audit = await hub.sql`select action, tenant, target from khotan_audit order by id desc limit 1`;
  expect(audit).toEqual([{ action: "field_mapping.rollback", tenant: "acme", target: "products" }]);
});

test("of two who edit the same version, the second is told", async () => {
  const both = await Promise.all([save("acme", "a", { version: 0 }), save("acme", "b", { version: 0 })]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(both.find(({ status }) => status === 409)?.json.error.message).toBe("Version 1 is in force by now, not 0.");
});

test("a mistake is named by field and position, and nothing is saved", async () => {
  const bad = { definition: { fields: [{ target: "a" }, { target: "b", transform: "$sum(" }] } };
  const answer = await hub.send("acme", "PUT", `${PATH}?tenant=acme`, { body: bad });
  expect([answer.status, answer.json.error.issues[0].path]).toEqual([422, "definition.fields[1].transform"]);
  expect(answer.json.error.issues[0].message).toMatch(/at position \d+/);
  expect((await hub.send("acme", "GET", `${PATH}?tenant=acme`)).json.version).toBe(0);
  expect((await hub.send("acme", "GET", "/field-mappings/nope?tenant=acme")).status).toBe(404);
});

describe("a preview", () => {
  const preview = (body: object, who = "acme") => hub.send(who, "POST", `${PATH}/preview?tenant=${who}`, { body });

  test("shows each field of what is in force, and its error", async () => {
    expect((await preview({ record: { sku: "A", price: "12" } })).json).toEqual({
      version: 0,
      fields: [
        { target: "sku", source: "A", value: "A", error: null },
        { target: "minor", source: null, value: 1200, error: null },
      ],
      result: { sku: "A", minor: 1200 },
    });
    const broken = (await preview({ record: { sku: "A", price: "N/A" } })).json;
    expect(broken.fields[1].error).toMatch(/N\/A.*at position/);
    expect(broken.result).toBeNull();
  });

  test("of a draft saves nothing; a draft that never ends is stopped", async () => {
    expect((await preview({ record: { sku: "A" }, ...draft("code") })).json).toMatchObject({
      version: null,
      result: { code: "A" },
    });
    const endless = { definition: { fields: [{ target: "a", transform: "($f := function($x) { $f($x) }; $f(1))" }] } };
    expect((await preview({ record: {}, ...endless })).json.fields[0].error).toMatch(/time/i);
    expect((await hub.send("acme", "GET", `${PATH}?tenant=acme`)).json.version).toBe(0);
  });

  test("on an event of one's own tenant only", async () => {
    const id = newUuid();
    await hub.sql`
      insert into khotan_events (id, plug, tenant, type, dedupe_key, received_at, size, verification, body)
      values (${id}, 'shop', 'acme', 't', 'k', now(), 21, '{}', convert_to('{"sku":"E","price":2}', 'UTF8'))`;
    const eventId = encodeId("event", id);
    expect((await preview({ eventId })).json.result).toEqual({ sku: "E", minor: 200 });
    expect((await preview({ eventId }, "globex")).status).toBe(404);
    expect((await preview({})).status).toBe(422);
  });
});
