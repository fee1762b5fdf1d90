import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub } from "../../../tests/support/http-hub.ts";
import { createTestHub, eventually, type TestHub } from "../../../tests/support/hub.ts";
import { bindPlug } from "../connections/bind-plug.ts";
import { none, plug } from "../index.ts";
import { localServer } from "../plugs/testing/local-server.ts";
import { readLimits } from "./read-limits.ts";
import { forkLimitProcess, type LimitProcess } from "./testing/fork-limit-process.ts";
import type { DeclaredLimits, TimedCall } from "./testing/limit-command.ts";

let database: TestDatabase;
let hub: TestHub;
let processes: LimitProcess[];

beforeAll(async () => {
  database = await createTestDatabase();
  hub = createTestHub(database.url, { plugs: [] });
  await hub.runtime.ready();
  processes = await Promise.all([1, 2, 3, 4].map(() => forkLimitProcess(database.url)));
}, 60_000);
afterAll(async () => {
  await Promise.all(processes.map((one) => one.kill()));
  await hub.stop();
  await database.drop();
});
beforeEach(async () => {
  await hub.sql`delete from khotan_limits`;
});

let plugNo = 0;
const rate = (perSecond: number, burst?: number): DeclaredLimits => ({
  plug: `rate-${plugNo++}`,
  rateLimit: { perSecond, ...(burst === undefined ? {} : { burst }) },
  concurrency: null,
});
const places = (concurrency: number): DeclaredLimits => ({ plug: `places-${plugNo++}`, rateLimit: null, concurrency });

/** The most calls that began in any window of this length. Clocks of processes differ by less than a millisecond. */
function busiestWindow(calls: readonly TimedCall[], windowMs: number): number {
  const began = calls.map((call) => call.beganAt).sort((a, b) => a - b);
  return Math.max(...began.map((start) => began.filter((at) => at >= start && at < start + windowMs - 1).length));
}

/** The most calls that ran at one moment. */
function mostAtOnce(calls: readonly TimedCall[]): number {
  return Math.max(
    ...calls.map((call) => calls.filter((it) => it.beganAt <= call.beganAt && it.endedAt > call.beganAt).length),
  );
}

describe("four processes", () => {
  test("together never begin more calls in a second than the limit, and use it up", async () => {
    const limits = rate(20);
    const calls = (await Promise.all(processes.map((one) => one.calls(limits, 30)))).flat();
    expect(calls).toHaveLength(120);
    expect(busiestWindow(calls, 1_000)).toBeLessThanOrEqual(20);
    const first = Math.min(...calls.map((call) => call.beganAt));
    const last = Math.max(...calls.map((call) => call.beganAt));
    expect(last - first).toBeLessThan(15_000); // 5.25 s when the machine has nothing else to do
  });

  test("keep a small burst, too", async () => {
    const limits = rate(50, 2);
    const calls = (await Promise.all(processes.map((one) => one.calls(limits, 20)))).flat();
    expect(busiestWindow(calls, 1_000)).toBeLessThanOrEqual(50);
    // A burst, and what was allowed in the 50 ms before it and begins only now.
    expect(busiestWindow(calls, 19)).toBeLessThanOrEqual(2 + 5);
  });

  test("starve none of them: a process with one call gets it while another has a long queue", async () => {
    const [busy, ...others] = processes;
    const limits = rate(20, 1);
    const long = busy?.calls(limits, 60) ?? Promise.resolve([]);
    await eventually(
      async () => (await hub.sql`select state from khotan_limits`)[0]?.state?.spent?.length ?? 0,
      (spent) => spent > 2,
    );
    const short = await Promise.all(others.map((one) => one.calls(limits, 1)));
    const longest = Math.max(...(await long).map((call) => call.beganAt - call.cameAt));
    // They came when nearly sixty waited, so they are no later than the last of those, and a moment.
    for (const call of short.flat()) expect(call.beganAt - call.cameAt).toBeLessThan(longest + 1_500);
  });

  test("all keep still when one of them is told to", async () => {
    const [first, ...others] = processes;
    const limits = rate(100);
    await Promise.all(processes.map((one) => one.calls(limits, 2)));
    const at = (await first?.penalise(limits, 1_500)) ?? 0;
    await eventually(
      async () => (await hub.sql`select state from khotan_limits`)[0]?.state?.pausedUntil ?? 0,
      (until) => until > at,
    );
    const calls = (await Promise.all(others.map((one) => one.calls(limits, 2)))).flat();
    for (const call of calls) expect(call.beganAt).toBeGreaterThanOrEqual(at + 1_495);
  });

  test("together never hold more places than there are", async () => {
    const limits = places(3);
    const calls = (await Promise.all(processes.map((one) => one.calls(limits, 12, 20)))).flat();
    expect(calls).toHaveLength(48);
    expect(mostAtOnce(calls)).toBe(3);
  });

  test("get back the places of one that was killed", async () => {
    const doomed = await forkLimitProcess(database.url);
    const limits = places(1);
    await doomed.hold(limits);
    const waiting = processes[0]?.calls(limits, 1) ?? Promise.resolve([]);
    await doomed.kill();
    const [call] = await waiting;
    const waitedMs = (call?.beganAt ?? 0) - (call?.cameAt ?? 0);
    expect(waitedMs).toBeGreaterThan(500); // it did hold it
    expect(waitedMs).toBeLessThan(4_000); // a lease of 2 s, and a moment
  });
});

describe("in a hub", () => {
  test("calls of a plug share its limit over processes, and an operator sees what is used and who waits", async () => {
    await using api = await localServer((_request, response) => void response.end("{}"));
    const plugs = [
      { plug: plug({ name: "shop", baseUrl: api.url, auth: none(), rateLimit: { perSecond: 2 }, concurrency: 9 }) },
      { plug: plug({ name: "free", baseUrl: api.url, auth: none() }) },
    ];
    const hubs = [createTestHub(database.url, { plugs }), createTestHub(database.url, { plugs })] as const;
    await Promise.all(hubs.map((one) => one.runtime.ready()));
    const began: number[] = [];
    const calls = hubs.flatMap((one) =>
      [1, 2, 3].map(async () => {
        const bound = await bindPlug(one.engine, "shop", "default", { source: "run" });
        await bound.plug.get("/");
        began.push(performance.now());
      }),
    );
    const seen = await eventually(
      () => readLimits(hubs[0].engine, "shop", "default"),
      (record) => record?.used.calls === 2 && record.waiting > 0,
    );
    expect(seen).toMatchObject({
      plug: "shop",
      tenant: "default",
      limit: { calls: 2, windowMs: 1_000, burst: 2, concurrency: 9 },
      waitingSince: expect.stringMatching(/^\d{4}-/),
      penalisedUntil: null,
    });
    await Promise.all(calls);
    expect((began.at(-1) ?? 0) - (began[0] ?? 0)).toBeGreaterThan(1_900);
    expect(await readLimits(hubs[0].engine, "free", "default")).toBeNull();
    await expect(readLimits(hubs[0].engine, "none-such", "default")).rejects.toMatchObject({ code: "plug_not_found" });
    await Promise.all(hubs.map((one) => one.stop()));
  });

  test("an answer of 429 to one process holds the other, which is told at once", async () => {
    await using api = await localServer((_request, response, count) => {
      response.statusCode = count === 1 ? 429 : 200;
      response.end("{}");
    });
    const plugs = [{ plug: plug({ name: "shop", baseUrl: api.url, auth: none(), rateLimit: { perMinute: 6_000 } }) }];
    const hubs = [createTestHub(database.url, { plugs }), createTestHub(database.url, { plugs })] as const;
    await Promise.all(hubs.map((one) => one.runtime.ready()));
    const [one, two] = await Promise.all(hubs.map((it) => bindPlug(it.engine, "shop", "default", { source: "run" })));
    const told = new Promise<void>((resolve) => {
      hubs[1].engine.listener.on(({ t, id }) => {
        if (t === "limits" && id === "shop/default") resolve();
      });
    });
    await expect(one?.plug.get("/", { retry: false })).rejects.toMatchObject({ status: 429 });
    await told;
    expect((await readLimits(hubs[1].engine, "shop", "default"))?.penalisedUntil).not.toBeNull();
    const before = performance.now();
    await two?.plug.get("/");
    expect(performance.now() - before).toBeGreaterThan(100); // the plug's own first wait of 300 ms, less what is over
    await Promise.all(hubs.map((it) => it.stop()));
  });

  test("a viewer sees the limits of a plug over HTTP", async () => {
    const plugs = [
      { plug: plug({ name: "shop", baseUrl: "https://shop.example", auth: none(), rateLimit: { perMinute: 600 } }) },
      { plug: plug({ name: "desk", baseUrl: "https://desk.example", auth: none(), concurrency: 4 }) },
      { plug: plug({ name: "free", baseUrl: "https://free.example", auth: none() }) },
    ];
    const api = createHttpHub(database.url, { plugs });
    const all = await api.send("viewer", "GET", "/limits");
    expect(all.json.items.map((item: { plug: string }) => item.plug)).toEqual(["shop", "desk"]);
    const { json } = await api.send("acme", "GET", "/limits?plug=desk");
    expect(json.items).toEqual([
      {
        plug: "desk",
        tenant: "acme",
        limit: { calls: null, windowMs: null, burst: null, concurrency: 4 },
        used: { calls: 0, concurrency: 0 },
        waiting: 0,
        waitingSince: null,
        penalisedUntil: null,
      },
    ]);
    expect((await api.send("viewer", "GET", "/limits?plug=none")).status).toBe(404);
    await api.stop();
  });

  test("limits of tenants do not touch each other", async () => {
    await using api = await localServer((_request, response) => void response.end("{}"));
    const shop = plug({
      name: "shop",
      baseUrl: api.url,
      auth: none(),
      rateLimit: { perMinute: 1 },
      vars: [{ key: "note", type: "text" }],
    });
    const one = createTestHub(database.url, { plugs: [{ plug: shop }] });
    await one.runtime.ready();
    for (const tenant of ["acme", "beta"]) {
      const write = { plug: "shop", tenant, fields: shop.fields, patch: { note: "x" }, actor: null };
      await one.engine.connectionVars.write(write);
      const bound = await bindPlug(one.engine, "shop", tenant, { source: "run" });
      await bound.plug.get("/", { timeout: 5_000 });
    }
    expect(api.seen).toHaveLength(2);
    await one.stop();
  });
});
