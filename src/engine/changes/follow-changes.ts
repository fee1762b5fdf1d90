import {
  CHANGE_TOPICS,
  type Change,
  type ChangeTopic,
  encodeId,
  type IdKind,
  type Principal,
} from "../../contract/index.ts";
import type { ChangeMessage } from "./change-message.ts";
import { createDoorbell } from "./doorbell.ts";
import type { Listener } from "./listener.ts";

const KIND_OF: Readonly<Record<ChangeTopic, IdKind>> = {
  plugs: "plug",
  connections: "connection",
  wires: "wire",
  handlers: "handler",
  events: "event",
  deliveries: "delivery",
  runs: "run",
  rejections: "rejection",
  exchanges: "exchange",
  flows: "flow",
  audit: "audit",
  processes: "process",
  breakers: "plug", // announced without an id
  jobs: "job",
  mappings: "mapping",
  field_mappings: "fieldMapping",
  caches: "cacheEntry",
  gaps: "gap",
  alerts: "alertIncident", // announced without an id, like retention and people
  retention: "audit",
  people: "user",
};

/** A topic is told at most this often. */
const TOPIC_PAUSE_MS = 250;
const FOR_EVER_MS = 2 ** 31 - 1;

/**
 * Tell which tables changed, each topic at most four times a second with its
 * newest id. What waits to be told is one entry per topic, so a follower that
 * reads slowly costs nothing.
 *
 * A principal that may not see every tenant is told the topic without the id:
 * the hint does not say whose row it was.
 */
export async function* followChanges(
  listener: Listener,
  principal: Principal,
  signal: AbortSignal,
  now: () => number = () => performance.now(),
): AsyncGenerator<Change, void, undefined> {
  const waiting = new Map<ChangeTopic, string | null>();
  const told = new Map<ChangeTopic, number>();
  const bell = createDoorbell();
  const hear = (topic: ChangeTopic, id: string | null) => {
    waiting.set(topic, id);
    bell.ring();
  };
  const deaf = listener.on((message) => {
    if (isTable(message)) hear(message.t, idFor(principal, message));
  });
  // Messages were lost: anything may have changed.
  const gone = listener.onGap(() => {
    for (const topic of CHANGE_TOPICS) hear(topic, null);
  });
  const dueIn = (topic: ChangeTopic) =>
    Math.max(0, (told.get(topic) ?? Number.NEGATIVE_INFINITY) + TOPIC_PAUSE_MS - now());
  try {
    while (!signal.aborted) {
      const due = [...waiting.keys()].find((topic) => dueIn(topic) === 0);
      if (due) {
        const id = waiting.get(due) ?? null;
        waiting.delete(due);
        told.set(due, now());
        yield { topic: due, id };
      } else {
        const pauses = [...waiting.keys()].map(dueIn);
        await bell.wait(pauses.length > 0 ? Math.ceil(Math.min(...pauses)) : FOR_EVER_MS, signal);
      }
    }
  } finally {
    deaf();
    gone();
  }
}

type TableMessage = ChangeMessage & { t: ChangeTopic };

const isTable = (message: ChangeMessage): message is TableMessage => message.t in KIND_OF;

function idFor(principal: Principal, { t, id }: TableMessage): string | null {
  if (id === null || principal.tenants !== "*") return null;
  try {
    return encodeId(KIND_OF[t], id);
  } catch {
    return null; // a NOTIFY that somebody sent by hand
  }
}
