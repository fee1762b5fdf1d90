import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { inflow } from "../index.ts";
import { fireSchedules } from "./fire-schedules.ts";
import { createFlowHub, type FlowHub } from "./testing/flow-hub.ts";

const PROCESSES = 3;
const MINUTE = 60_000;
const START = Date.parse("2026-01-01T00:30:00Z");

let database: TestDatabase;
let now = START;
/** Of each process, how far its clock is off. */
const off = Array.from({ length: PROCESSES }, () => 0);
const hubs: FlowHub[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  const flow = inflow({ name: "orders", schedule: "*/20 * * * *", overlap: "queue", run: async () => undefined });
  for (let at = 0; at < PROCESSES; at++) {
    const clock = { now: () => now + (off[at] ?? 0) };
    const hub = createFlowHub(database.url, [flow], { clock });
    hubs.push(hub);
    await hub.runtime.ready();
  }
});
afterAll(async () => {
  await Promise.all(hubs.map((hub) => hub.stop()));
  await database.drop();
});

const process = fc.nat({ max: PROCESSES - 1 });
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ what: fc.constant("wait" as const), minutes: fc.nat({ max: 70 }) }) },
  { weight: 6, arbitrary: fc.record({ what: fc.constant("look" as const), process }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("all look at once" as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant("step a clock" as const),
      process,
      minutes: fc.integer({ min: -90, max: 90 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("die while firing" as const), process }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("switch" as const) }) },
);

const after = (ms: number): number => (Math.floor(ms / (20 * MINUTE)) + 1) * 20 * MINUTE;

test("whatever happens to clocks and processes: each tick fires once, in order, and of those that were missed one is made up for", async () => {
  const [first] = hubs;
  if (!first) throw new Error("no hub");
  const { sql } = first;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      now = START;
      off.fill(0);
      await sql`truncate khotan_runs`;
      await sql`update khotan_schedules set next_at = ${new Date(after(START)).toISOString()}`;
      await sql`update khotan_flows set enabled = true`;
      // What should be: when the next tick is, which have fired, whether the flow is on.
      let next = after(START);
      let on = true;
      const fired: number[] = [];
      const look = (clock: number): number => {
        if (next > clock) return 0;
        if (on) fired.push(next);
        next = after(Math.max(clock, next));
        return on ? 1 : 0;
      };
      for (const one of steps) {
        switch (one.what) {
          case "wait":
            now += one.minutes * MINUTE;
            break;
          case "step a clock":
            off[one.process] = (off[one.process] ?? 0) + one.minutes * MINUTE;
            break;
          case "look": {
            const hub = hubs[one.process] ?? first;
            expect(await fireSchedules(hub.engine)).toBe(look(hub.engine.clock.now()));
            break;
          }
          case "all look at once": {
            // Whose turn it is first is open; with clocks that agree it does not matter.
            off.fill(0);
            const all = await Promise.all(hubs.map((hub) => fireSchedules(hub.engine)));
            expect(all.reduce((sum, n) => sum + n, 0)).toBe(look(now));
            break;
          }
          case "die while firing": {
            // What it wrote is undone with it: as if it had not looked.
            await sql`
              create or replace function chaos_die() returns trigger language plpgsql as $$ begin raise 'died'; end $$`;
            await sql`create trigger dies before update on khotan_schedules for each row execute function chaos_die()`;
            expect(await fireSchedules((hubs[one.process] ?? first).engine)).toBe(0);
            await sql`drop trigger dies on khotan_schedules`;
            break;
          }
          case "switch":
            on = !on;
            await sql`update khotan_flows set enabled = ${on}`;
        }
      }
      const runs = await sql`select scheduled_for as at from khotan_runs order by id`;
      expect(runs.map((row) => new Date(row.at).getTime())).toEqual(fired);
      expect(fired.every((tick, at) => at === 0 || tick > (fired[at - 1] ?? 0))).toBe(true);
    }),
    { numRuns: 12 },
  );
}, 90_000);
