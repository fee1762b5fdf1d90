import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub, type Who } from "../../../tests/support/http-hub.ts";
import { newUuid } from "../../contract/index.ts";
import { githubSignature, none, plug, wire } from "../index.ts";

let database: TestDatabase;
let hub: HttpHub;
/** What the provider was asked to do; each subscribe waits until it is let go. */
let subscribes = 0;
let gate: Promise<void> | null = null;

beforeAll(async () => {
  database = await createTestDatabase();
  const shop = plug({
    name: "shop",
    baseUrl: "https://shop.example",
    auth: none(),
    vars: [{ key: "region", type: "text" }],
  });
  const onSubscribe = async () => {
    subscribes++;
    await gate;
    return { remoteId: `sub_${subscribes}` };
  };
  hub = createHttpHub(database.url, {
    plugs: [{ plug: shop, wires: [wire({ verify: githubSignature(), onSubscribe })] }],
  });
  for (const tenant of ["acme", "globex"])
    await hub.send("admin", "POST", `/variables/shop?tenant=${tenant}`, { body: {} });
});
afterAll(async () => {
  await hub.stop();
  await database.drop();
});

const set = (key: string, region: string, who: Who = "admin", path = "/variables/shop") =>
  hub.send(who, "POST", path, { body: { region }, headers: { "idempotency-key": key } });
const writes = async () =>
  (await hub.sql`select version from khotan_connections where tenant = 'default'`)[0]?.version ?? 0;

describe("an Idempotency-Key", () => {
  test("makes a repeat harmless: the same answer, and nothing done", async () => {
    const key = newUuid();
    const first = await set(key, "eu");
    await set(newUuid(), "us");
    const before = await writes();
    const again = await set(key, "eu");
    expect(first.headers.has("idempotency-replayed")).toBe(false);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect([again.status, again.json]).toEqual([first.status, first.json]);
    expect(again.headers.get("x-request-id")).not.toBe(first.headers.get("x-request-id"));
    expect(await writes()).toBe(before);
  });

  test("cannot be used for something else", async () => {
    const key = newUuid();
    await set(key, "eu");
    for (const answer of [await set(key, "us"), await set(key, "eu", "admin", "/variables/shop?tenant=acme")]) {
      expect([answer.status, answer.json.error.code]).toEqual([409, "idempotency_key_reused"]);
    }
  });

  test("is everybody's own", async () => {
    const key = newUuid();
    await set(key, "eu", "acme");
    const other = await set(key, "eu", "globex");
    expect([other.status, other.json.tenant, other.headers.has("idempotency-replayed")]).toEqual([
      200,
      "globex",
      false,
    ]);
  });

  test("of what failed may be used again", async () => {
    const key = newUuid();
    const wrong = { body: { nonsense: 1 }, headers: { "idempotency-key": key } };
    expect((await hub.send("admin", "POST", "/variables/shop", wrong)).status).toBe(422);
    expect((await set(key, "eu")).status).toBe(200);
  });

  test("that is malformed is refused", async () => {
    for (const key of ["with space", "x".repeat(256), "é"]) {
      expect((await set(key, "eu")).json.error.code).toBe("bad_request");
    }
  });

  test("lets one of two at once through, and tells the other to wait", async () => {
    let open: () => void = () => undefined;
    gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const connect = () =>
      hub.send("admin", "POST", "/wires/shop?tenant=acme", {
        body: {},
        headers: { "idempotency-key": "connect-once" },
      });
    const first = connect();
    await expect.poll(() => subscribes).toBe(1);
    const second = await connect();
    expect([second.status, second.json.error.code, second.headers.get("retry-after")]).toEqual([409, "conflict", "1"]);
    open();
    expect((await first).json).toMatchObject({ status: "active", remoteId: "sub_1" });
    const third = await connect();
    expect(third.headers.get("idempotency-replayed")).toBe("true");
    expect(subscribes).toBe(1);
  });

  test("is forgotten after a day, and soon when its process died", async () => {
    const key = newUuid();
    const age = (hours: number, status: number | null) => hub.sql`
      update khotan_idempotency set created_at = now() - ${hours} * interval '1 hour', status = ${status} where key = ${key}
    `;
    await set(key, "eu");
    await age(23, 200);
    expect((await set(key, "eu")).headers.get("idempotency-replayed")).toBe("true");
    await age(25, 200);
    expect((await set(key, "us")).headers.has("idempotency-replayed")).toBe(false);
    await age(1, null);
    expect((await set(key, "us")).status).toBe(200);
  });

  test("of a request whose process died serves at once, and makes what that one may have made once", async () => {
    const ask = (key: string) =>
      hub.send("admin", "POST", "/events/replay", { body: { filter: {} }, headers: { "idempotency-key": key } });
    const key = newUuid();
    const first = await ask(key);
    const other = await ask(newUuid());
    expect(other.json.job.id).not.toBe(first.json.job.id);
    // It died after its commit, before it could keep its answer.
    const asIfUnderWay = (processId: string) => hub.sql`
      update khotan_idempotency set status = null, response = null, process_id = ${processId} where key = ${key}`;
    const [alive] = await hub.sql`
      insert into khotan_processes (id, role, host, pid, version, worker_ids, started_at, heartbeat_at)
      values (gen_random_uuid(), 'web', 'elsewhere', 1, '0', '[]', now(), now()) returning id`;
    await asIfUnderWay(alive?.id);
    expect((await ask(key)).status).toBe(409);
    await hub.sql`delete from khotan_processes where id = ${alive?.id}`;
    const again = await ask(key);
    expect([again.status, again.headers.has("idempotency-replayed")]).toEqual([202, false]);
    expect(again.json.job.id).toBe(first.json.job.id);
    expect(await hub.sql`select id from khotan_jobs`).toHaveLength(2);
    expect((await ask(key)).headers.get("idempotency-replayed")).toBe("true");
  });

  test("means nothing when nothing is changed", async () => {
    const answer = await hub.send("viewer", "GET", "/plugs", { headers: { "idempotency-key": "a b" } });
    expect(answer.status).toBe(200);
  });
});
