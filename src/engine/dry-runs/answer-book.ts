import { ReadableStream } from "node:stream/web";
import type { WireRequest, WireResponse } from "../plugs/http/wire.ts";
import type { KeptCall } from "./read-calls.ts";

/** Says of an answer given in a dry run where it came from: `recorded` or `synthetic`. */
export const DRY_RUN_HEADER = "x-khotan-dry-run";

/** About how the body came over the wire, which it did not this time. */
const WIRE_HEADERS = new Set(["content-encoding", "content-length", "transfer-encoding", "connection", "set-cookie"]);

/** The other side's passing troubles: a dry run shows what a handler sends when all is well. */
const PASSING = new Set([401, 408, 425, 429]);

/**
 * Answers calls as they were answered before: the first call of a method and
 * path gets the answer of the first such call, the second that of the second.
 * What was not made before gets an empty success.
 */
export function createAnswerBook(
  before: readonly KeptCall[],
): (request: Pick<WireRequest, "method" | "url" | "streaming">) => WireResponse {
  const pages = new Map<string, KeptCall[]>();
  for (const call of before) pages.set(call.key, [...(pages.get(call.key) ?? []), call]);
  return ({ method, url, streaming }) => {
    const call = pages.get(callKey(method, url.href))?.shift();
    const recorded = call && recordedAnswer(call);
    const { status, headers, body } = recorded ?? emptyAnswer(method);
    return { status, headers, body: streaming ? Buffer.alloc(0) : body, stream: streaming ? streamOf(body) : null };
  };
}

/** What makes two calls the same call. @example callKey("get", "https://api.example/v1/items?page=2") // "GET https://api.example/v1/items" */
export function callKey(method: string, url: string): string {
  const end = url.search(/[?#]/);
  return `${method.toUpperCase()} ${end < 0 ? url : url.slice(0, end)}`;
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

function recordedAnswer({ exchange }: KeptCall): Answer | null {
  const { status, responseHeaders, responseBody } = exchange;
  if (status === null || status >= 500 || PASSING.has(status)) return null;
  // A body that was not kept, or not to its end, would be read as something it was not.
  if (responseBody && (responseBody.text === null || responseBody.truncated)) return null;
  const kept = Object.entries(responseHeaders).filter(([name]) => !WIRE_HEADERS.has(name));
  return {
    status,
    headers: { ...Object.fromEntries(kept), [DRY_RUN_HEADER]: "recorded" },
    body: Buffer.from(responseBody?.text ?? ""),
  };
}

function emptyAnswer(method: string): Answer {
  const reads = method === "GET" || method === "HEAD";
  return {
    status: reads ? 200 : 202,
    headers: { "content-type": "application/json", [DRY_RUN_HEADER]: "synthetic" },
    body: Buffer.from(method === "HEAD" ? "" : "{}"),
  };
}

const streamOf = (body: Buffer): NonNullable<WireResponse["stream"]> =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      if (body.length > 0) controller.enqueue(new Uint8Array(body));
      controller.close();
    },
  });
