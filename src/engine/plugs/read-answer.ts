import type { ReadableStream } from "node:stream/web";
import type { Call } from "./call.ts";
import { PlugSchemaError } from "./errors/plug-schema-error.ts";
import { decodeBody, decodeBodyInTurns, NotJson } from "./http/decode-body.ts";
import { decompress, decompressStream } from "./http/decompress.ts";
import { nameFailures } from "./http/name-failures.ts";
import { WireFailure } from "./http/wire.ts";
import type { PlugResponse } from "./request-options.ts";
import type { Landed } from "./round-trip.ts";
import { toPlugError } from "./to-plug-error.ts";

/** Of an error's body; a stream's error is read no further. */
const MAX_ERROR_BYTES = 64 * 1024;

/** Read and parse the body of an answer. */
export async function readAnswer(call: Call, landed: Landed): Promise<PlugResponse> {
  const { wire, url } = landed;
  const encoding = wire.headers["content-encoding"];
  const failed = wire.status >= 400;
  const kind = call.input.options.as ?? "auto";
  const answer = { status: wire.status, headers: wire.headers, url, attempts: call.attempt };
  if (wire.stream && !failed) {
    return {
      ...answer,
      body: nameFailures(decompressStream(wire.stream, encoding), (error) => readerError(call, error)),
    };
  }
  const raw = wire.stream ? await firstBytes(wire.stream, MAX_ERROR_BYTES) : wire.body;
  // An error is told by its status; its body is welcome, but must not hide it.
  const body = failed
    ? await decompress(raw, encoding, MAX_ERROR_BYTES * 16).catch(() => Buffer.alloc(0))
    : await decompress(raw, encoding, call.maxResponseBytes);
  landed.trace?.read(body);
  const contentType = wire.headers["content-type"];
  try {
    return { ...answer, body: await decodeBodyInTurns(body, contentType, failed ? "auto" : kind) };
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    if (failed) return { ...answer, body: decodeBody(body, contentType, "text") };
    throw new PlugSchemaError({
      code: "response_not_json",
      plug: call.core.name,
      request: call.describe(url),
      message: `${call.core.name}: the answer ${wire.status} to ${call.input.method} ${url.pathname} is not JSON (${contentType ?? "no content type"})`,
      hint: 'Read it with { as: "text" } to see what it is.',
      issues: [{ path: "body", message: "is not JSON" }],
      retryable: false,
      side: "response",
      status: wire.status,
    });
  }
}

/** What the reader of a stream gets: a plug's error, or the reason of the signal that ended it. */
const readerError = (call: Call, error: unknown): unknown =>
  toPlugError(call, error) ?? (error instanceof WireFailure ? error.cause : error);

async function firstBytes(stream: ReadableStream<Uint8Array>, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= limit) break;
  }
  return Buffer.concat(chunks);
}
