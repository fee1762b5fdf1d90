import type { Engine } from "../context.ts";
import { describeError } from "../describe-error.ts";
import { every } from "../queue/every.ts";
import { EVALUATE_MS, evaluateAlerts, pruneAlerts } from "./evaluate-alerts.ts";
import { sendNotifications } from "./send-notifications.ts";

/** Looks at the rules and sends what there is to tell, in the background of every process. */
export interface Alerts {
  start(): void;
  /** Look and send once, for hosts that run no background work. */
  round(): Promise<void>;
  stop(): Promise<void>;
}

const SEND_MS = 3_000;
const PRUNE_MS = 3_600_000;

/** @example const alerts = createAlerts(engine); alerts.start(); */
export function createAlerts(engine: Engine): Alerts {
  const report = (part: string) => (error: unknown) =>
    engine.log.warn({ part, error: describeError(error) }, "a round of alerts failed; the next one comes");
  const look = async () => {
    if (((await evaluateAlerts(engine)) ?? 0) > 0) sending?.nudge();
  };
  const send = async () => {
    while ((await sendNotifications(engine)) > 0);
  };
  let sending: ReturnType<typeof every> | null = null;
  let loops: ReturnType<typeof every>[] = [];
  return {
    start() {
      if (sending) return;
      sending = every(SEND_MS, send, report("sending"));
      const pruning = every(PRUNE_MS, () => pruneAlerts(engine), report("pruning"));
      loops = [every(EVALUATE_MS, look, report("rules")), sending, pruning];
    },
    async round() {
      await evaluateAlerts(engine);
      await send();
    },
    async stop() {
      await Promise.all(loops.map((loop) => loop.stop()));
      sending = null;
      loops = [];
    },
  };
}
