import { beforeEach, describe, expect, it } from "vitest";
import type { RateLimit } from "../plugs/index.ts";
import { limitRules } from "./limit-rules.ts";
import { SharedLimiter } from "./shared-limiter.ts";
import { type MemoryBank, memoryBank } from "./testing/memory-bank.ts";
import { type VirtualTime, virtualTime } from "./testing/virtual-time.ts";

let time: VirtualTime;
let bank: MemoryBank;

beforeEach(() => {
  time = virtualTime();
  bank = memoryBank(time);
});

function limiter(holder: string, rateLimit: RateLimit | null, concurrency: number | null = null): SharedLimiter {
  const rules = limitRules({ rateLimit, concurrency });
  if (!rules) throw new Error("no rules");
  return new SharedLimiter({ key: { plug: "shop", tenant: "acme" }, rules, bank, timer: time, holder });
}

/** Calls through a limiter: when each began, and how to end them. */
function calls(it: SharedLimiter) {
  const began: number[] = [];
  const ends: (() => void)[] = [];
  const start = async (signal?: AbortSignal) => {
    const end = await it.acquire(signal);
    began.push(time.now());
    ends.push(end);
  };
  return { began, ends, start, many: (n: number) => Promise.all(Array.from({ length: n }, () => start())) };
}

describe("cost", () => {
  it("asks seldom while the limit is far away", async () => {
    const shop = calls(limiter("a", { perMinute: 60_000, burst: 1_000 }));
    for (let i = 0; i < 1_000; i++) {
      void shop.start();
      await time.pass(5);
    }
    expect(shop.began).toHaveLength(1_000);
    expect(bank.asked.length).toBeLessThan(20);
  });

  it("asks once for all that come while it asks", async () => {
    bank.latencyMs = 5;
    const shop = calls(limiter("a", { perSecond: 100 }));
    void shop.many(50);
    await time.pass(12);
    expect(shop.began).toHaveLength(50);
    expect(bank.asked.map((ask) => ask.waiting)).toEqual([1, 49]);
  });

  it("reuses its place for calls one after the other, and gives it back when nobody comes", async () => {
    const shop = limiter("a", null, 1);
    for (let i = 0; i < 20; i++) {
      const end = await shop.acquire(undefined);
      await time.pass(10);
      end();
    }
    expect(bank.asked).toHaveLength(1);
    await time.pass(150);
    expect(bank.state().holders).toEqual({});
    expect(shop.quiet).toBe(true);
  });
});

describe("order", () => {
  it("lets calls go in the order they came", async () => {
    const it = limiter("a", { perSecond: 10, burst: 1 });
    const order: number[] = [];
    for (let i = 0; i < 5; i++) void it.acquire(undefined).then(() => order.push(i));
    await time.pass(1_000);
    expect(order).toEqual([0, 1, 2, 3, 4]);
  });

  it("gives other processes their turn when one has a long queue", async () => {
    const mine = calls(limiter("a", null, 1));
    const theirs = calls(limiter("b", null, 1));
    void mine.many(100);
    await time.pass(0);
    void theirs.start();
    // Each call of the first process lasts 10 ms, and the next one begins at once.
    for (let i = 0; i < 300 && theirs.began.length === 0; i++) {
      await time.pass(10);
      mine.ends.shift()?.();
      if (mine.began.length === 50) void mine.many(50);
    }
    expect(theirs.began).toHaveLength(1);
  });

  it("hands a free place to the process that waits longest", async () => {
    const first = calls(limiter("a", null, 1));
    const second = calls(limiter("b", null, 1));
    void first.start();
    await time.pass(1);
    void second.start();
    await time.pass(1);
    first.ends.shift()?.();
    await time.pass(400);
    expect(second.began).toHaveLength(1);
    expect(Object.keys(bank.state().holders)).toEqual(["b"]);
  });
});

describe("giving up", () => {
  it("rejects with the signal's reason and leaves nothing behind", async () => {
    const shop = limiter("a", null, 1);
    const end = await shop.acquire(undefined);
    const control = new AbortController();
    const waiting = shop.acquire(control.signal);
    await time.pass(50);
    const reason = new Error("no longer wanted");
    control.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    await expect(shop.acquire(control.signal)).rejects.toBe(reason);
    await time.pass(1);
    expect(Object.values(bank.state().holders)).toMatchObject([{ held: 1, waiting: 0 }]);
    end();
    await time.pass(200);
    expect(bank.state().holders).toEqual({});
  });

  it("hands on what was allowed to a call that is gone", async () => {
    bank.latencyMs = 5;
    const shop = limiter("a", { perSecond: 1 }, 1);
    const control = new AbortController();
    const gone = shop.acquire(control.signal);
    const next = shop.acquire(undefined);
    gone.catch(() => undefined);
    control.abort();
    await time.pass(10);
    (await next)();
    expect(bank.state().spent).toHaveLength(1);
  });

  it("does not end a call twice", async () => {
    const shop = limiter("a", null, 1);
    const end = await shop.acquire(undefined);
    end();
    end();
    const second = calls(shop);
    void second.many(2);
    await time.pass(100);
    expect(second.began).toHaveLength(1);
  });
});

describe("penalty", () => {
  it("holds everybody for as long as the other side asks", async () => {
    const mine = limiter("a", { perSecond: 100 });
    const theirs = calls(limiter("b", { perSecond: 100 }));
    mine.penalise(3_000);
    await time.pass(1);
    expect(bank.told).toEqual([{ plug: "shop", tenant: "acme" }]);
    const own = calls(mine);
    void own.start();
    void theirs.start();
    await time.pass(2_998);
    expect([...own.began, ...theirs.began]).toEqual([]);
    await time.pass(1_100);
    expect([...own.began, ...theirs.began].every((at) => at >= 3_000)).toBe(true);
    expect(own.began.length + theirs.began.length).toBe(2);
  });

  it("takes back what was allowed in advance, here and, once told, elsewhere", async () => {
    const other = limiter("b", { perSecond: 100 });
    const busy = calls(other);
    void busy.many(10);
    await time.pass(60);
    void busy.many(1); // this one brings some in advance
    await time.pass(1);
    limiter("a", { perSecond: 100 }).penalise(1_000);
    await time.pass(1);
    other.wake();
    await time.pass(1);
    const before = busy.began.length;
    void busy.many(3);
    await time.pass(900);
    expect(busy.began).toHaveLength(before);
  });

  it("is not as long as a header may claim", async () => {
    const shop = limiter("a", { perSecond: 1 });
    shop.penalise(Number.MAX_SAFE_INTEGER);
    await time.pass(1);
    expect(bank.asked[0]?.pauseMs).toBe(15 * 60_000);
    shop.penalise(Number.NaN);
    await time.pass(1);
    expect(bank.asked).toHaveLength(1);
  });
});

describe("trouble", () => {
  it("lets calls go on waiting while the database is away", async () => {
    bank.trouble = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    const shop = calls(limiter("a", { perSecond: 10 }));
    void shop.start();
    await time.pass(5_000);
    expect(shop.began).toEqual([]);
    bank.trouble = null;
    await time.pass(5_000);
    expect(shop.began).toHaveLength(1);
  });

  it("tells the calls of any other trouble, and is usable again afterwards", async () => {
    bank.trouble = new Error("relation does not exist");
    const shop = limiter("a", { perSecond: 10 });
    await expect(shop.acquire(undefined)).rejects.toBe(bank.trouble);
    bank.trouble = null;
    await expect(shop.acquire(undefined)).resolves.toBeTypeOf("function");
  });

  it("lets no call begin by an answer that came too late, and gets through a slow database", async () => {
    bank.latencyMs = 300; // the answer is good for 50 ms
    const shop = calls(limiter("a", { perSecond: 10 }));
    void shop.start();
    await time.pass(290);
    bank.latencyMs = 60;
    await time.pass(2_000);
    expect(shop.began).toHaveLength(1);
    expect(bank.asked.map((ask) => ask.usableMs)).toEqual([50, 100]);
  });

  it("keeps its lease while a call runs, however long", async () => {
    const shop = limiter("a", null, 1);
    const end = await shop.acquire(undefined);
    const other = calls(limiter("b", null, 1));
    await time.pass(60_000);
    void other.start();
    await time.pass(30_000);
    expect(other.began).toEqual([]);
    end();
    await time.pass(300);
    expect(other.began).toHaveLength(1);
  });

  it("keeps its lease through calls in quick succession", async () => {
    const shop = limiter("a", null, 2);
    const long = await shop.acquire(undefined);
    for (let i = 0; i < 400; i++) {
      const end = await shop.acquire(undefined);
      await time.pass(50);
      end();
    }
    const [held] = Object.values(bank.state().holders);
    expect((held?.leaseUntil ?? 0) - (1_000_000 + time.now())).toBeGreaterThan(5_000);
    long();
  });
});

it("gives everything back when it stops", async () => {
  const shop = limiter("a", null, 1);
  (await shop.acquire(undefined))();
  expect(Object.keys(bank.state().holders)).toEqual(["a"]);
  await shop.stop();
  expect(bank.state().holders).toEqual({});
  await expect(shop.acquire(undefined)).rejects.toThrow("stopping");
});
