import { setTimeout as delay } from "node:timers/promises";
import { createDoorbell } from "../changes/doorbell.ts";
import type { Engine } from "../context.ts";
import type { HotPool } from "../database/hot-pool.ts";
import type { ClaimedDelivery } from "../deliveries/claim-deliveries.ts";
import { type DeliveryTools, deliver, deliverClaimed } from "../deliveries/deliver.ts";
import { releaseDelivery } from "../deliveries/release-deliveries.ts";
import { describeError } from "../describe-error.ts";
import { lookAhead } from "./look-ahead.ts";
import { nextDueInMs, takeDue } from "./take-due.ts";
import type { WorkBell } from "./work-bell.ts";

export interface Pump {
  /** Take nothing new, give back what waits, finish what is under way. */
  stop(): Promise<void>;
}

/** For when nobody rang: a message was lost, or a delivery's time has come. */
const LOOK_MS = 2_000;
/** After the database could not be reached. */
const TROUBLE_MS = 1_000;
/** What was taken and does not get its turn within this time is somebody else's: others may be idle. */
const MAX_WAIT_MS = 1_000;
/** So many ends may be on their way to the database; more, and nothing new is taken. */
const MAX_ENDING = 500;

interface Waiting {
  readonly since: number;
  readonly claimed: ClaimedDelivery;
}

/**
 * Handle what is due, `concurrency` at a time. One statement takes as many deliveries as there is room for, another
 * stores the ends of all that have ended meanwhile: two round trips for many deliveries, where the queue's own workers
 * need two for each one besides ours.
 *
 * When handlers are quick, a few more are taken than can run at once, so that nobody waits for the next statement.
 */
export function startPump(engine: Engine, hot: HotPool, tools: DeliveryTools, work: Pick<WorkBell, "onRing">): Pump {
  const { concurrency } = engine.settings;
  const bell = createDoorbell();
  const stopping = new AbortController();
  const ahead = lookAhead(concurrency);
  const underWay = new Set<Promise<void>>();
  const waiting: Waiting[] = [];
  let running = 0;
  const unhear = [engine.listener.onWork(bell.ring), work.onRing(bell.ring)];

  const room = () =>
    underWay.size - running >= MAX_ENDING ? 0 : concurrency + ahead.more() - running - waiting.length;

  function report(error: unknown): void {
    engine.log.warn({ error: describeError(error) }, "deliveries could not be taken or ended; they are tried again");
  }

  /** Holds a place until the work says that it needs it no more, or ends. */
  function begin(work: (free: () => void) => Promise<void>): void {
    const startedAt = performance.now();
    let holds = true;
    running++;
    const free = () => {
      if (!holds) return;
      holds = false;
      running--;
      ahead.took(performance.now() - startedAt);
      next();
      bell.ring();
    };
    const done: Promise<void> = work(free)
      .catch(report)
      .finally(() => {
        underWay.delete(done);
        free();
        if (underWay.size - running === MAX_ENDING - 1) bell.ring();
      });
    underWay.add(done);
  }

  function next(): void {
    while (running < concurrency) {
      const one = waiting.shift();
      if (!one) return;
      begin((free) => deliverClaimed(engine, tools, one.claimed, free));
    }
  }

  async function giveBack(given: readonly Waiting[]): Promise<void> {
    for (const { claimed } of given) {
      await releaseDelivery(engine.adapter.db, { deliveryId: claimed.id, leaseToken: claimed.lease_token });
    }
  }

  const watch = setInterval(() => {
    const tooLong = performance.now() - MAX_WAIT_MS;
    if (!waiting.some((one) => one.since < tooLong)) return;
    ahead.stuck();
    void giveBack(waiting.splice(0)).catch(report);
  }, MAX_WAIT_MS / 2).unref();

  async function pump(): Promise<void> {
    while (!stopping.signal.aborted) {
      const limit = room();
      if (limit <= 0) {
        await bell.wait(LOOK_MS, stopping.signal);
        continue;
      }
      try {
        const taken = await takeDue(hot, { limit, processId: engine.processId, gated: engine.gates.gated() });
        const since = performance.now();
        waiting.push(...taken.claimed.map((claimed) => ({ since, claimed })));
        for (const id of taken.gated) begin(() => deliver(engine, tools, id));
        next();
        if (taken.jobs < limit) await rest(taken.jobs === 0);
      } catch (error) {
        report(error);
        await delay(TROUBLE_MS, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
      }
    }
  }

  /** Until somebody rings or the next one is due. */
  async function rest(empty: boolean): Promise<void> {
    const dueInMs = empty ? await nextDueInMs(hot) : null;
    await bell.wait(Math.min(LOOK_MS, Math.max(1, Math.ceil(dueInMs ?? LOOK_MS))), stopping.signal);
  }

  const pumping = pump();
  return {
    async stop() {
      for (const stop of unhear) stop();
      stopping.abort();
      await pumping;
      clearInterval(watch);
      await giveBack(waiting.splice(0)).catch(report);
      while (underWay.size > 0) await Promise.all([...underWay]);
    },
  };
}
