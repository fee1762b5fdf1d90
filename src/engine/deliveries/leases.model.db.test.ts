import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import type { TestHub } from "../../../tests/support/hub.ts";
import { newUuid } from "../../contract/index.ts";
import { catchEvent } from "../index.ts";
import { MAX_CRASHES, takeBackLeases } from "../queue/take-back-leases.ts";
import { type ClaimedDelivery, claimDeliveries, LEASE_MS } from "./claim-deliveries.ts";
import { type FinishedAttempt, finishDeliveries } from "./finish-deliveries.ts";
import { send, startGateHub } from "./gates/testing/gate-hub.ts";
import { releaseDelivery } from "./release-deliveries.ts";
import { renewLeases } from "./renew-leases.ts";

let database: TestDatabase;
let hub: TestHub;

beforeAll(async () => {
  database = await createTestDatabase();
  // It accepts and handles nothing: every step of a lease's life is taken by the test, in any order.
  hub = await startGateHub(database.url, {
    role: "web",
    catches: [catchEvent({ name: "leased", run: async () => undefined })],
  });
  await hub.runtime.stop();
  await hub.engine.registry.refresh();
});
afterAll(async () => {
  await hub.stop();
  await database.drop();
});

/** Far from a lease's end on both sides, so that a slow machine changes nothing: 15 s, 5 s, over. */
const LATER_MS = 10_000;
const PROCESSES = [newUuid(), newUuid(), newUuid()] as const;
const OUTCOMES = ["succeeded", "failed", "dead"] as const;

/** What a delivery must be like. */
interface Model {
  readonly id: string;
  status: "pending" | "running" | (typeof OUTCOMES)[number];
  attempts: number;
  crashes: number;
  lost: number;
  process: string | null;
  leaseLeftMs: number;
}

const who = fc.nat({ max: 3 });
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ what: fc.constant("claim" as const), process: fc.nat({ max: 2 }), which: who }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant("time passes" as const) }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant("renew" as const), process: fc.nat({ max: 2 }) }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant("sweep" as const) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("process dies" as const), process: fc.nat({ max: 2 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({ what: fc.constant("end" as const), which: who, outcome: fc.constantFrom(...OUTCOMES) }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("give back" as const), which: who }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("kills everybody" as const), which: who }) },
);

const attempt = (lease: ClaimedDelivery, outcome: (typeof OUTCOMES)[number]): FinishedAttempt => ({
  deliveryId: lease.id,
  leaseToken: lease.lease_token,
  delivery: outcome,
  run: outcome === "failed" ? "pending" : outcome === "dead" ? "failed" : "succeeded",
  attempt: outcome === "succeeded" ? "succeeded" : "failed",
  busyMs: 1,
  error: null,
  retryInMs: outcome === "failed" ? 0 : null,
  counters: {},
  result: null,
});

test("whatever happens: one at a time holds a delivery, who lost it ends nothing, what died was no attempt, and all ends", async () => {
  const { db } = hub.engine.adapter;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
      await hub.sql`truncate khotan_deliveries, khotan_runs, khotan_run_attempts`;
      const models: Model[] = [];
      for (let n = 0; n < 4; n++) {
        const event = await send(hub, { n });
        const [row] = await hub.sql`select id::text as id from khotan_deliveries where event_id = ${event}`;
        models.push({ ...blank, id: String(row?.id) });
      }
      const held = new Map<string, ClaimedDelivery>();
      const former: ClaimedDelivery[] = [];

      const forget = (model: Model) => {
        const lease = held.get(model.id);
        if (lease) former.push(lease);
        held.delete(model.id);
        model.process = null;
      };
      const claim = async (model: Model, process: string) => {
        const request = [{ deliveryId: model.id, processId: process }];
        // The queue may hand one job to two processes.
        const got = (await Promise.all([claimDeliveries(db, request), claimDeliveries(db, request)])).flat();
        const mine = got.filter((one) => one !== null);
        expect(mine).toHaveLength(model.status === "pending" || model.status === "failed" ? 1 : 0);
        const [lease] = mine;
        if (!lease) return;
        held.set(model.id, lease);
        Object.assign(model, { status: "running", process, leaseLeftMs: LEASE_MS, attempts: model.attempts + 1 });
        expect(lease).toMatchObject({ attempts: model.attempts, attempt_no: model.attempts + model.lost });
      };
      const lose = (model: Model) => {
        forget(model);
        model.attempts--;
        model.crashes++;
        model.lost++;
        model.status = model.crashes >= MAX_CRASHES ? "dead" : "pending";
      };
      const sweep = async (dead: readonly string[]) => {
        const over = models.filter(
          (model) => model.status === "running" && (model.leaseLeftMs < 0 || dead.includes(model.process ?? "")),
        );
        expect(await takeBackLeases(db, dead)).toBe(over.length);
        over.forEach(lose);
      };
      const pass = async () => {
        await hub.sql`
          update khotan_deliveries set lease_until = lease_until - ${LATER_MS} * interval '1 millisecond' where lease_until is not null`;
        for (const model of models) model.leaseLeftMs -= LATER_MS;
      };

      for (const one of steps) {
        const model = "which" in one ? models[one.which] : undefined;
        const process = "process" in one ? (PROCESSES[one.process] ?? "") : "";
        const lease = model && held.get(model.id);
        if (one.what === "claim" && model) await claim(model, process);
        else if (one.what === "time passes") await pass();
        else if (one.what === "sweep") await sweep([]);
        else if (one.what === "process dies") await sweep([process]);
        else if (one.what === "renew") {
          const mine = models.filter((it) => it.process === process);
          const leases = mine.flatMap((it) => held.get(it.id) ?? []);
          const asked = [...leases, ...former].map((it) => ({ deliveryId: it.id, leaseToken: it.lease_token }));
          // One that is over and that nobody took back yet is renewed, too: nobody else has it.
          expect(new Set((await renewLeases(db, asked)).keys())).toEqual(new Set(leases.map((it) => it.lease_token)));
          for (const it of mine) it.leaseLeftMs = LEASE_MS;
        } else if (one.what === "end" && model && lease) {
          expect(await finishDeliveries(db, [attempt(lease, one.outcome)])).toEqual([true]);
          forget(model);
          Object.assign(model, { status: one.outcome, crashes: 0 });
        } else if (one.what === "give back" && model && lease) {
          await releaseDelivery(db, { deliveryId: lease.id, leaseToken: lease.lease_token });
          forget(model);
          Object.assign(model, { status: "pending", attempts: model.attempts - 1 });
          former.pop(); // it left no trace
        } else if (one.what === "kills everybody" && model) {
          for (let n = 0; n < MAX_CRASHES && model.status !== "dead" && model.status !== "succeeded"; n++) {
            if (model.status !== "running") await claim(model, PROCESSES[0]);
            await pass();
            await pass();
            await sweep([]);
          }
        }
        const [old] = former.slice(-1);
        if (old) {
          expect(await finishDeliveries(db, [attempt(old, "succeeded")])).toEqual([false]);
          await releaseDelivery(db, { deliveryId: old.id, leaseToken: old.lease_token });
        }
        expect(await read(models)).toEqual(models.map(seen));
      }

      for (const model of models) {
        if (model.status === "pending" || model.status === "failed") await claim(model, PROCESSES[1]);
        const lease = held.get(model.id);
        if (lease) expect(await finishDeliveries(db, [attempt(lease, "succeeded")])).toEqual([true]);
      }
      const [left] = await hub.sql`
        select count(*) filter (where r.finished_at is null)::int as runs,
          count(*) filter (where a.status = 'running')::int as attempts
        from khotan_deliveries d join khotan_runs r on r.id = d.run_id join khotan_run_attempts a on a.run_id = r.id
        where d.id = any(${models.map(({ id }) => id)})`;
      expect(left).toEqual({ runs: 0, attempts: 0 });
    }),
    { numRuns: 15 },
  );
}, 120_000);

const blank = { status: "pending", attempts: 0, crashes: 0, lost: 0, process: null, leaseLeftMs: 0 } as const;

const seen = ({ id, status, attempts, crashes, process }: Model) => ({ id, status, attempts, crashes, process });

async function read(models: readonly Model[]) {
  const rows = await hub.sql`
    select id::text as id, status, attempts, crashes, process_id::text as process from khotan_deliveries
    where id = any(${models.map(({ id }) => id)})`;
  const byId = new Map(rows.map((row) => [row.id, { ...row }]));
  return models.map(({ id }) => byId.get(id));
}
