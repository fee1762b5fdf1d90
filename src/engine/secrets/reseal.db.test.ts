import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createTestHub, eventually, type TestHub } from "../../../tests/support/hub.ts";
import { decodeId, newUuid } from "../../contract/index.ts";
import { createChannel } from "../alerts/channels.ts";
import { bearer, fromVar, plug } from "../index.ts";
import { workJob } from "../jobs/work-job.ts";
import { writeVariables } from "../vars/connection-variables.ts";
import { readSecrets } from "./read-secrets.ts";
import { startReseal } from "./start-reseal.ts";

const OLD = "o".repeat(64);
const NEW = "n".repeat(64);
const admin = { id: "tester", role: "admin", tenants: "*" } as const;
const vars = [{ key: "token", label: "Token", type: "password", required: true }] as const;
const shop = plug({ name: "shop", baseUrl: "https://shop.example", vars, auth: bearer(fromVar("token")) });
const plugs = [{ plug: shop }];

let database: TestDatabase;
const hubs: TestHub[] = [];

/** A process with these secrets, which handles nothing by itself. */
async function process(secret: string, previousSecrets: string[] = []): Promise<TestHub> {
  const hub = createTestHub(database.url, { plugs, role: "web", secret, previousSecrets });
  hubs.push(hub);
  await hub.runtime.ready();
  return hub;
}

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.stop()));
  await database.drop();
});

const setToken = (hub: TestHub, tenant: string, token: string) =>
  writeVariables(hub.engine, { plug: "shop", tenant, patch: { token }, actor: admin });
const tokenOf = async (hub: TestHub, tenant: string) => {
  hub.engine.connectionVars.forget();
  return (await hub.engine.connectionVars.read("shop", tenant, shop.fields))?.token;
};

/** Sealed with the old secret: `count` connections and a channel. */
async function fill(count: number): Promise<TestHub> {
  const old = await process(OLD);
  for (let n = 0; n < count; n++) await setToken(old, `t${n}`, `token-${n}`);
  const config = { url: "https://hooks.example.com/a" };
  const channel = {
    kind: "webhook",
    name: "ops",
    enabled: true,
    quietHours: null,
    criticalPasses: true,
    config,
  } as const;
  await createChannel(old.engine, channel, { actor: admin });
  return old;
}

const begin = async (hub: TestHub) => {
  const started = await startReseal(hub.engine, { actor: admin });
  return { ...started, uuid: decodeId("job", started.job?.id ?? "") ?? newUuid() };
};

describe("re-encryption", () => {
  test("goes through everything, shared by processes, and then the former secret is not needed", async () => {
    await fill(40);
    const one = await process(NEW, [OLD]);
    const two = await process(NEW, [OLD]);
    const before = await readSecrets(one.engine);
    expect(before).toMatchObject({
      outdated: 41,
      job: null,
      keys: [{ current: true, known: true, connections: 0 }, {}],
    });
    const { uuid, count } = await begin(one);
    expect(count).toBe(41);
    expect((await begin(two)).job?.id).toBe((await begin(one)).job?.id);
    await Promise.all([one, two, one].map((hub) => workJob(hub.engine, uuid, { budgetMs: 60_000 })));
    const after = await readSecrets(one.engine);
    expect(after).toMatchObject({ outdated: 0, job: { status: "succeeded", done: 41, changed: 41, failed: 0 } });
    const alone = await process(NEW);
    expect(await tokenOf(alone, "t7")).toBe("token-7");
    expect((await readSecrets(alone.engine)).keys).toMatchObject([{ current: true, connections: 40, channels: 1 }]);
    expect((await begin(alone)).job).toBeNull();
    expect(await alone.sql`select action from khotan_audit where action = 'secrets.reseal'`).toHaveLength(1);
  });

  test("leaves what it cannot open as it is, and says how much and why", async () => {
    const old = await fill(3);
    await old.sql`update khotan_connections set envelope = jsonb_set(envelope, '{data}', '"AAAAAAAAAAAAAAAAAAAAAAAAAAAA"') where tenant = 't1'`;
    const stranger = await process("x".repeat(64));
    await setToken(stranger, "theirs", "unknown");
    const hub = await process(NEW, [OLD]);
    const { uuid } = await begin(hub);
    await workJob(hub.engine, uuid, { budgetMs: 60_000 });
    const { job, outdated, keys } = await readSecrets(hub.engine);
    expect(job).toMatchObject({
      status: "succeeded",
      changed: 3,
      failed: 2,
      reasons: { secret_tampered: 1, secret_key_missing: 1 },
    });
    expect(outdated).toBe(2);
    expect(keys.filter((key) => !key.known)).toMatchObject([{ connections: 1 }]);
    expect(await tokenOf(stranger, "theirs")).toBe("unknown");
  });

  test("is left alone by a process that still has the former secret as its own", async () => {
    const old = await fill(5);
    const hub = await process(NEW, [OLD]);
    const { uuid } = await begin(hub);
    expect(await workJob(old.engine, uuid)).toBe(false);
    expect((await readSecrets(hub.engine)).job).toMatchObject({ status: "running", done: 0 });
    await workJob(hub.engine, uuid);
    expect((await readSecrets(hub.engine)).job).toMatchObject({ status: "succeeded", changed: 6 });
  });

  test("waits for a token that is being stored, and does not bring the old one back", async () => {
    await fill(1);
    const hub = await process(NEW, [OLD]);
    const other = await process(NEW, [OLD]);
    const { uuid } = await begin(hub);
    for (let round = 0; round < 5; round++) {
      const [work] = await Promise.all([workJob(hub.engine, uuid), setToken(other, "t0", `newer-${round}`)]);
      expect(work).toBe(false);
      expect(await tokenOf(hub, "t0")).toBe(`newer-${round}`);
    }
  });

  test("is done by the workers of a hub, and one for a key that is not current any more gives way", async () => {
    await fill(2);
    const middle = await process("m".repeat(64), [OLD]);
    const first = await begin(middle);
    const hub = createTestHub(database.url, { plugs, secret: NEW, previousSecrets: ["m".repeat(64), OLD] });
    hubs.push(hub);
    await hub.runtime.start();
    const second = await begin(hub);
    expect(second.job?.id).not.toBe(first.job?.id);
    const done = await eventually(
      () => readSecrets(hub.engine),
      ({ job }) => job?.status === "succeeded",
    );
    expect(done).toMatchObject({ outdated: 0 });
    expect(await hub.sql`select status from khotan_jobs order by id`).toMatchObject([
      { status: "cancelled" },
      { status: "succeeded" },
    ]);
  });
});
