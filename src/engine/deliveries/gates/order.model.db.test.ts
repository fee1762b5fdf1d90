import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createTestDatabase, type TestDatabase } from "../../../../tests/support/database.ts";
import type { TestHub } from "../../../../tests/support/hub.ts";
import { newUuid } from "../../../contract/index.ts";
import { catchEvent } from "../../index.ts";
import { takeBackLeases } from "../../queue/take-back-leases.ts";
import { cancelRun } from "../../runs/cancel-run.ts";
import { type ClaimedDelivery, claimDeliveries } from "../claim-deliveries.ts";
import { type FinishedAttempt, finishDeliveries } from "../finish-deliveries.ts";
import { renewLeases } from "../renew-leases.ts";
import { releaseFollowers, sweepKeys } from "./release-order.ts";
import { admin, send, startGateHub } from "./testing/gate-hub.ts";

let database: TestDatabase;
let hub: TestHub;

beforeAll(async () => {
  database = await createTestDatabase();
  // It accepts and handles nothing: every step of a delivery's life is taken by the test, in any order.
  hub = await startGateHub(database.url, {
    role: "web",
    catches: [
      catchEvent({
        name: "in-order",
        schema: z.object({ key: z.string() }),
        orderBy: (event) => event.key,
        run: async () => undefined,
      }),
    ],
  });
  await hub.runtime.stop();
  await hub.engine.registry.refresh();
});
afterAll(async () => {
  await hub.stop();
  await database.drop();
});

const OUTCOMES = ["succeeded", "failed", "dead", "skipped"] as const;

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      what: fc.constant("arrive" as const),
      key: fc.nat({ max: 2 }),
      n: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 6, arbitrary: fc.record({ what: fc.constant("claim" as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constant("end" as const),
      n: fc.nat({ max: 3 }),
      outcome: fc.constantFrom(...OUTCOMES),
      // The process may die between the end and what follows it.
      follows: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("lose" as const), n: fc.nat({ max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("cancel" as const) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("sweep" as const) }) },
);

const finished = (lease: ClaimedDelivery, outcome: (typeof OUTCOMES)[number]): FinishedAttempt => ({
  deliveryId: lease.id,
  leaseToken: lease.lease_token,
  delivery: outcome,
  run: outcome === "failed" ? "pending" : "succeeded",
  attempt: "succeeded",
  busyMs: 1,
  error: null,
  retryInMs: outcome === "failed" ? 0 : null,
  counters: {},
  result: null,
});

const rowsOf = (prefix: string) => hub.sql<
  { id: string; key: string; no: string; status: string; held: string | null; run: string | null; attempts: number }[]
>`
  select id::text, order_key as key, order_no as no, status, held, run_id::text as run, attempts from khotan_deliveries
  where order_key like ${`${prefix}%`} order by order_no`;

test("whatever happens: a lease ends once, one of a key runs at a time, in the order of acceptance, and the queue drains", async () => {
  const { db } = hub.engine.adapter;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 45 }), async (steps) => {
      const prefix = `${newUuid()} `;
      const live: ClaimedDelivery[] = [];
      const lost: ClaimedDelivery[] = [];
      const arrivals = new Map<string, string[]>();
      const started: { key: string; id: string }[] = [];

      const claimAll = async (max: number) => {
        const due = (await rowsOf(prefix)).filter(
          (row) => row.held === null && ["pending", "failed"].includes(row.status),
        );
        // Two processes are given the same jobs: each delivery goes to one of them.
        const requests = due.slice(0, max).map((row) => ({ deliveryId: row.id, processId: newUuid() }));
        if (requests.length === 0) return;
        const both = await Promise.all([claimDeliveries(db, requests), claimDeliveries(db, requests)]);
        const got = both.flat().filter((one) => one !== null);
        expect(new Set(got.map((one) => one.id)).size).toBe(got.length);
        for (const one of got) {
          live.push(one);
          if (started.every((it) => it.id !== one.id)) started.push({ key: one.order_key ?? "", id: one.id });
        }
      };
      const check = async () => {
        const rows = await rowsOf(prefix);
        const open = rows.filter((row) => ["pending", "running", "failed"].includes(row.status));
        for (const key of new Set(open.map((row) => row.key))) {
          // All but the first one of a key wait for their turn.
          expect(
            open
              .filter((row) => row.key === key)
              .slice(1)
              .every((row) => row.held === "order"),
          ).toBe(true);
        }
        const running = rows.filter((row) => row.status === "running").map((row) => row.id);
        expect(running.sort()).toEqual(live.map((one) => one.id).sort());
      };

      for (const one of steps) {
        if (one.what === "arrive") {
          const key = `${prefix}${one.key}`;
          // Several at once travel in one statement, or come from several senders.
          const ids = await Promise.all(Array.from({ length: one.n }, () => send(hub, { key })));
          arrivals.set(key, [...(arrivals.get(key) ?? []), ...ids]);
          await hub.engine.gates.stop();
        } else if (one.what === "claim") await claimAll(2);
        else if (one.what === "sweep") await sweepKeys(db, null);
        else if (one.what === "cancel") {
          const waiting = (await rowsOf(prefix)).find((row) => row.run !== null && row.status === "failed");
          if (waiting?.run) await cancelRun(hub.engine, { runId: waiting.run, actor: admin });
          await hub.engine.gates.stop();
        } else {
          const lease = live[one.n % Math.max(1, live.length)];
          if (!lease) continue;
          live.splice(live.indexOf(lease), 1);
          if (one.what === "lose") {
            await hub.sql`update khotan_deliveries set lease_until = now() - interval '1 second' where id = ${lease.id}`;
            await takeBackLeases(db, []);
            expect((await renewLeases(db, [{ deliveryId: lease.id, leaseToken: lease.lease_token }])).size).toBe(0);
            lost.push(lease);
          } else {
            expect(await finishDeliveries(db, [finished(lease, one.outcome)])).toEqual([true]);
            lost.push(lease);
            if (one.outcome !== "failed" && one.follows) await releaseFollowers(db, [lease.id]);
          }
        }
        await check();
        // A lease that ended, or was lost, ends nothing any more.
        const [old] = lost.slice(-1);
        if (old) expect(await finishDeliveries(db, [finished(old, "dead")])).toEqual([false]);
      }

      for (let round = 0; ; round++) {
        expect(round).toBeLessThan(200);
        for (const lease of live.splice(0)) await finishDeliveries(db, [finished(lease, "succeeded")]);
        await sweepKeys(db, null);
        const open = (await rowsOf(prefix)).filter((row) => ["pending", "running", "failed"].includes(row.status));
        if (open.length === 0) break;
        await claimAll(100);
      }
      const rows = await rowsOf(prefix);
      for (const [key, ids] of arrivals) {
        const mine = rows.filter((row) => row.key === key).map((row) => row.id);
        expect(mine).toHaveLength(ids.length);
        expect(started.filter((it) => it.key === key).map((it) => it.id)).toEqual(
          mine.filter((id) => started.some((it) => it.id === id)),
        );
      }
    }),
    { numRuns: 20 },
  );
}, 120_000);
