import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub } from "../../../tests/support/http-hub.ts";
import { decodeId, newUuid } from "../../contract/index.ts";
import { catchEvent, none, plug } from "../index.ts";

let database: TestDatabase;
let hub: HttpHub;

const start = (): HttpHub =>
  createHttpHub(database.url, {
    plugs: [
      {
        plug: plug({ name: "shop", baseUrl: "https://shop.example", auth: none() }),
        catches: [catchEvent({ name: "keep", run: async () => undefined })],
      },
    ],
  });

beforeAll(async () => {
  database = await createTestDatabase();
  hub = start();
  await hub.send("admin", "POST", "/variables/shop", { body: {} });
  await hub.sql`
    create function die() returns trigger language plpgsql as $$ begin raise exception 'the process died'; end $$`;
});
afterAll(async () => {
  await hub.stop();
  await database.drop();
});

/**
 * Ask a process that dies between the commit of what it did and the note of its answer, then another one, with the
 * same key. @returns both answers
 */
async function askTwice(path: string, body: object) {
  const headers = { "idempotency-key": newUuid() };
  const dying = start();
  await hub.sql`
    create trigger dies before update of status on khotan_idempotency for each row
    when (new.status is not null) execute function die()`;
  const first = await dying.send("admin", "POST", path, { body, headers });
  await dying.stop();
  await hub.sql`drop trigger dies on khotan_idempotency`;
  await hub.sql`update khotan_idempotency set process_id = ${newUuid()} where key = ${headers["idempotency-key"]}`;
  const again = await hub.send("admin", "POST", path, { body, headers });
  expect([first.status, first.json.error]).toEqual([again.status, undefined]);
  expect(again.headers.has("idempotency-replayed")).toBe(false);
  const third = await hub.send("admin", "POST", path, { body, headers });
  expect(third.headers.get("idempotency-replayed")).toBe("true");
  return [first.json, again.json];
}

const newEvent = async (): Promise<string> =>
  (await hub.send("admin", "POST", "/events", { body: { plug: "shop", type: "made", body: { json: {} } } })).json.id;
const deliveriesOf = (eventId: string) =>
  hub.sql`select id from khotan_deliveries where event_id = ${decodeId("event", eventId) ?? ""}`;

describe("a request that is sent again under its Idempotency-Key after a death between effect and answer", () => {
  test("stores no second event", async () => {
    const [first, again] = await askTwice("/events", { plug: "shop", type: "once", body: { json: { a: 1 } } });
    expect(again.id).toBe(first.id);
    expect(await hub.sql`select id from khotan_events where type = 'once'`).toHaveLength(1);
    expect(
      await hub.sql`select id from khotan_audit where action = 'event.create' and target = ${first.id}`,
    ).toHaveLength(1);
  });

  test("replays an event no second time", async () => {
    const eventId = await newEvent();
    const [first, again] = await askTwice(`/events/${eventId}/replay`, {});
    expect(again.deliveries.map((one: { id: string }) => one.id)).toEqual(
      first.deliveries.map((one: { id: string }) => one.id),
    );
    expect(await deliveriesOf(eventId)).toHaveLength(2);
  });

  test("delivers a finished delivery anew no second time", async () => {
    const eventId = await newEvent();
    await hub.sql`
      update khotan_deliveries set status = 'dead', finished_at = now(), next_attempt_at = null
      where event_id = ${decodeId("event", eventId) ?? ""}`;
    const { deliveries } = (await hub.send("admin", "GET", `/events/${eventId}`)).json;
    const [first, again] = await askTwice(`/deliveries/${deliveries[0].id}/retry`, {});
    expect(first.id).not.toBe(deliveries[0].id);
    expect(again.id).toBe(first.id);
    expect(await deliveriesOf(eventId)).toHaveLength(2);
  });
});
