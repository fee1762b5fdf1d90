import { createHash } from "node:crypto";
import type { Call } from "./call.ts";
import type { RequestDraft } from "./hooks.ts";
import type { EncodedBody } from "./http/encode-body.ts";

/** Put the call's own key, or one derived from the run's, into the header that the other side honours. */
export function addIdempotencyKey(
  call: Call,
  draft: RequestDraft,
  encoded: EncodedBody,
  headers: Record<string, string>,
): void {
  const name = (call.core.idempotencyHeader ?? "idempotency-key").toLowerCase();
  if (call.idempotencyKey === undefined) {
    const runKey = call.session.binding.idempotencyKey;
    const repeats = draft.method === "POST" || draft.method === "PATCH";
    if (runKey === undefined || !repeats || call.core.idempotencyHeader === null || headers[name] !== undefined) return;
    if (typeof encoded.content !== "string" && encoded.content !== null) return; // cannot tell one stream from another
    call.idempotencyKey = derivedKey(
      call,
      runKey,
      `${draft.method} ${draft.url.pathname}${draft.url.search}\n${encoded.content ?? ""}`,
    );
  }
  headers[name] ??= call.idempotencyKey;
}

/**
 * The same call of the same run has the same key on every attempt of the run. The body is part of it: with a key by order
 * alone, a run that skips what it did before would hand the next item the previous one's key, and lose it silently.
 */
function derivedKey(call: Call, runKey: string, request: string): string {
  const digest = createHash("sha256").update(`${runKey}\n${request}`).digest("hex");
  const ordinal = call.session.ordinalOf(digest);
  const hex = createHash("sha256").update(`${digest}\n${ordinal}`).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}
