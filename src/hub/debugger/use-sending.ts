"use client";

import { KhotanApiError } from "../../client/index.ts";
import type { DebugAnswer, DebugSend } from "../../contract/index.ts";
import { useHub } from "../config.tsx";
import { createMemory, useMemory } from "./memory.ts";

/** How the last sending of a request stands. */
export type Sending =
  | { readonly state: "sending"; readonly since: number; readonly cancel: () => void }
  | { readonly state: "done"; readonly at: number }
  | { readonly state: "cancelled" }
  | { readonly state: "refused"; readonly error: KhotanApiError };

export interface Answers {
  readonly sending: Sending;
  readonly answer: DebugAnswer | null;
  /** The one before, to compare with. */
  readonly previous: DebugAnswer | null;
}

/** Few: an answer may have megabytes. */
const answers = createMemory<Answers>(12);

/** Send a request and keep its answers under a key; going elsewhere meanwhile does not stop it. */
export function useSending(key: string, plug: string, tenant: string) {
  const { client } = useHub();
  const kept = useMemory(answers, key);
  const send = async (body: DebugSend): Promise<void> => {
    const before = answers.get(key);
    if (before?.sending.state === "sending") return;
    const stop = new AbortController();
    const { answer = null, previous = null } = before ?? {};
    const now = (sending: Sending) => answers.set(key, { sending, answer, previous });
    now({ state: "sending", since: Date.now(), cancel: () => stop.abort() });
    try {
      const got = await client.sendDebug({ params: { plug }, query: { tenant }, body, signal: stop.signal });
      answers.set(key, { sending: { state: "done", at: Date.now() }, answer: got, previous: answer });
    } catch (error) {
      if (stop.signal.aborted) now({ state: "cancelled" });
      else if (error instanceof KhotanApiError) now({ state: "refused", error });
      else
        now({
          state: "refused",
          error: new KhotanApiError({ code: "unreachable", message: String(error), status: 0 }),
        });
    }
  };
  const current = kept?.sending;
  return { kept, send, cancel: current?.state === "sending" ? current.cancel : undefined };
}
