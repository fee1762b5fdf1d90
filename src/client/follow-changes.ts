import type { Change } from "../contract/index.ts";
import { CHANGE_TOPICS } from "../contract/topics.ts";
import type { Client } from "./call.ts";
import { KhotanApiError } from "./khotan-api-error.ts";

export type FollowState = "connecting" | "open" | "reconnecting" | "refused";

export interface FollowOptions {
  readonly signal: AbortSignal;
  readonly onChange: (change: Change) => void;
  /** `open` after a reconnect means: whatever happened in between was missed, read anew. */
  readonly onState?: (state: FollowState) => void;
  /** Waits before a new attempt; injectable for tests. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Follow `GET /stream` until the signal is aborted: reconnects after 0.5 s, doubling to 15 s.
 * Ends by itself only when the server says that we may not listen (401, 403).
 *
 * @example await followChanges(client, { signal, onChange: ({ topic }) => refresh(topic) });
 */
export async function followChanges(client: Pick<Client, "getStream">, options: FollowOptions): Promise<void> {
  const { signal, onChange, onState } = options;
  const wait = options.wait ?? delay;
  let failures = 0;
  onState?.("connecting");
  while (!signal.aborted) {
    try {
      const events = await client.getStream({ signal });
      onState?.("open");
      failures = 0;
      for await (const { event, data } of events) {
        if (event !== "change") continue;
        const change = readChange(data);
        if (change) onChange(change);
      }
    } catch (error) {
      if (error instanceof KhotanApiError && (error.status === 401 || error.status === 403)) {
        onState?.("refused");
        return;
      }
    }
    if (signal.aborted) return;
    onState?.("reconnecting");
    failures++;
    await wait(Math.min(15_000, 250 * 2 ** failures), signal);
  }
}

/** A change of a table this client does not know yet is none of its business. */
function readChange(data: string): Change | null {
  try {
    const { topic, id = null }: { topic?: unknown; id?: unknown } = JSON.parse(data);
    const known = CHANGE_TOPICS.find((name) => name === topic);
    return known === undefined ? null : { topic: known, id: typeof id === "string" ? id : null };
  } catch {
    return null;
  }
}

const delay = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
