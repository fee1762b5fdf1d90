import type { AttemptRecord, ExchangeRecord } from "../../../contract/index.ts";

/** One fact of two attempts side by side. */
export interface AttemptFact {
  readonly fact: "status" | "error" | "message" | "durationMs" | "call";
  /** Which call, for `call`: its place and what it was. */
  readonly of?: string;
  readonly before: string;
  readonly now: string;
}

export interface ComparedAttempt {
  readonly attempt: AttemptRecord;
  /** Its calls, oldest first. */
  readonly calls: readonly Pick<ExchangeRecord, "method" | "url" | "status">[];
}

/** What differs between two attempts of one delivery; what is the same is left out. */
export function attemptDiff(before: ComparedAttempt, now: ComparedAttempt): AttemptFact[] {
  const facts: AttemptFact[] = [
    { fact: "status", before: before.attempt.status, now: now.attempt.status },
    { fact: "error", before: before.attempt.error?.code ?? "", now: now.attempt.error?.code ?? "" },
    { fact: "message", before: before.attempt.error?.message ?? "", now: now.attempt.error?.message ?? "" },
    { fact: "durationMs", before: ms(before.attempt), now: ms(now.attempt) },
  ];
  const longest = Math.max(before.calls.length, now.calls.length);
  for (let place = 0; place < longest; place++) {
    const a = before.calls[place];
    const b = now.calls[place];
    const named = b ?? a;
    if (named) facts.push({ fact: "call", of: String(place + 1), before: callText(a), now: callText(b) });
  }
  return facts.filter((each) => each.before !== each.now);
}

const ms = ({ durationMs }: AttemptRecord): string => (durationMs === null ? "" : String(Math.round(durationMs)));
const callText = (call: ComparedAttempt["calls"][number] | undefined): string =>
  call ? `${call.method} ${call.url} ${call.status ?? ""}`.trimEnd() : "";
