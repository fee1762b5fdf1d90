import { sql } from "drizzle-orm";
import { type Adapter, run } from "../database/adapter.ts";
import { CHANNEL, type ChangeMessageTopic } from "./change-message.ts";

export interface Publisher {
  /** Tell everybody, soon. Never throws and is not waited for: a lost hint costs a later refresh, no data. */
  publish(topic: ChangeMessageTopic, id: string | null): void;
  /** Send what is collected now. */
  flush(): Promise<void>;
}

const INTERVAL_MS = 50;
const KEEPS_EVERY_ID: ReadonlySet<ChangeMessageTopic> = new Set(["log", "cancel", "limits"]);

/**
 * Hints about rows that were committed already. They are collected for 50 ms
 * and only the newest id per topic is sent: NOTIFY takes a lock at commit, so
 * one per event would cap the speed of everything.
 * `cancel`, `log` and `limits` keep every id, since each concerns one run or limit.
 */
export function createPublisher(adapter: Adapter): Publisher {
  const pending = new Map<string, { t: ChangeMessageTopic; id: string | null }>();
  let timer: NodeJS.Timeout | null = null;

  async function flush(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    if (pending.size === 0) return;
    const messages = [...pending.values()].map((message) => JSON.stringify(message));
    pending.clear();
    await run(
      adapter.db,
      sql`select pg_notify(${CHANNEL}, m) from jsonb_array_elements_text(${JSON.stringify(messages)}::text::jsonb) as m`,
    ).catch(() => undefined);
  }

  return {
    publish(topic, id) {
      pending.set(KEEPS_EVERY_ID.has(topic) ? `${topic}:${id}` : topic, { t: topic, id });
      timer ??= setTimeout(() => void flush(), INTERVAL_MS).unref();
    },
    flush,
  };
}
