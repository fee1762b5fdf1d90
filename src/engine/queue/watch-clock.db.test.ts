import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createTestHub, type TestHub } from "../../../tests/support/hub.ts";
import { watchClock } from "./watch-clock.ts";

let database: TestDatabase;
let hub: TestHub;

beforeAll(async () => {
  database = await createTestDatabase();
  hub = createTestHub(database.url, { plugs: [] });
});
afterAll(async () => {
  await hub.stop();
  await database.drop();
});

test("a clock that is off is told once, and once when it is right again; the metric says by how much", async () => {
  const { adapter, metrics } = hub.engine;
  const log = { ...hub.engine.log, warn: vi.fn(), info: vi.fn() };
  let off = 0;
  const look = watchClock({ adapter, metrics, log, clock: { now: () => Date.now() + off } });
  const offset = async () => {
    const page = await metrics.registry.metrics();
    return Number(/^khotan_clock_offset_seconds (\S+)/m.exec(page)?.[1]);
  };
  await look();
  expect(log.warn).not.toHaveBeenCalled();
  expect(Math.abs(await offset())).toBeLessThan(5);
  off = -3_600_000;
  await look();
  await look();
  expect(log.warn).toHaveBeenCalledTimes(1);
  expect(log.warn.mock.calls[0]?.[1]).toMatch(/36\d\d s behind|3599 s behind/);
  expect(await offset()).toBeLessThan(-3_500);
  off = 0;
  await look();
  await look();
  expect(log.info).toHaveBeenCalledTimes(1);
  off = 60_000;
  await look();
  expect(log.warn.mock.calls[1]?.[1]).toMatch(/ahead of/);
});
