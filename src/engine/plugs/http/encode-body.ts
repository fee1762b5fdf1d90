import { Readable } from "node:stream";
import { ReadableStream } from "node:stream/web";
import { FormData } from "undici";
import { type ArrayFormat, encodeQuery } from "./encode-query.ts";

export interface EncodedBody {
  /** What goes on the wire. */
  readonly content: string | Buffer | Readable | FormData | null;
  readonly contentType: string | null;
  /** Whether it can be sent a second time. */
  readonly replayable: boolean;
}

const NOTHING: EncodedBody = { content: null, contentType: null, replayable: true };

/**
 * Turn what a caller gave into bytes and a content type.
 * Plain objects, arrays, numbers and booleans become JSON; a text stays a text; `URLSearchParams` a form; bytes, `Blob`,
 * `FormData`, streams and async iterables go as they are.
 *
 * @throws TypeError for what has no representation: functions, symbols, cyclic objects.
 */
export async function encodeBody(body: unknown): Promise<EncodedBody> {
  if (body === undefined) return NOTHING;
  if (typeof body === "string") return { content: body, contentType: "text/plain;charset=UTF-8", replayable: true };
  if (typeof body !== "object" || body === null) return json(body);
  if (body instanceof URLSearchParams) return form(body);
  if (body instanceof Uint8Array) return bytes(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
  if (body instanceof ArrayBuffer) return bytes(Buffer.from(body));
  if (body instanceof Blob) {
    return { ...bytes(Buffer.from(await body.arrayBuffer())), contentType: body.type || "application/octet-stream" };
  }
  if (isFormData(body)) return { content: await ownFormData(body), contentType: null, replayable: true };
  if (body instanceof Readable) return stream(body);
  if (body instanceof ReadableStream) return stream(Readable.fromWeb(body));
  if (isAsyncIterable(body)) return stream(Readable.from(body, { objectMode: false }));
  return json(body);
}

/** The body of a `form:` option: `application/x-www-form-urlencoded`, nested objects as `a[b]`. */
export function encodeForm(input: object, arrays?: ArrayFormat): URLSearchParams {
  return encodeQuery(input, arrays);
}

function json(value: unknown): EncodedBody {
  const content = JSON.stringify(value);
  if (content === undefined) throw new TypeError(`a ${typeof value} cannot be sent as a body`);
  return { content, contentType: "application/json", replayable: true };
}

const form = (params: URLSearchParams): EncodedBody => ({
  content: params.toString(),
  contentType: "application/x-www-form-urlencoded;charset=UTF-8",
  replayable: true,
});
const bytes = (content: Buffer): EncodedBody => ({
  content,
  contentType: "application/octet-stream",
  replayable: true,
});
const stream = (content: Readable): EncodedBody => ({
  content,
  contentType: "application/octet-stream",
  replayable: false,
});

const isAsyncIterable = (value: object): value is AsyncIterable<Uint8Array | string> =>
  Symbol.asyncIterator in value && typeof value[Symbol.asyncIterator] === "function";

/** Node's global FormData and undici's own are two classes. */
const isFormData = (value: object): value is globalThis.FormData =>
  value instanceof globalThis.FormData || value instanceof FormData;

async function ownFormData(given: globalThis.FormData): Promise<FormData> {
  if (given instanceof FormData) return given;
  const own = new FormData();
  for (const [name, value] of given.entries()) {
    if (typeof value === "string") own.append(name, value);
    else own.append(name, new Blob([await value.arrayBuffer()], { type: value.type }), value.name);
  }
  return own;
}
