import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { promisify } from "node:util";
import zlib from "node:zlib";

/** What we say we can read. */
export const ACCEPT_ENCODING = "gzip, br, deflate";

const gunzip = promisify(zlib.gunzip);
const brotli = promisify(zlib.brotliDecompress);
const inflate = promisify(zlib.inflate);
const inflateRaw = promisify(zlib.inflateRaw);

/** Undo `content-encoding`. Stops at `maxBytes` of output, so that a small bomb does not fill the memory (error code ERR_BUFFER_TOO_LARGE). */
export async function decompress(body: Buffer, encoding: string | undefined, maxBytes: number): Promise<Buffer> {
  if (encoding === undefined || body.length === 0) return body;
  const limit = Number.isFinite(maxBytes) ? { maxOutputLength: maxBytes } : {};
  let out = body;
  for (const coding of codings(encoding)) {
    if (coding === "gzip" || coding === "x-gzip") out = await gunzip(out, limit);
    else if (coding === "br") out = await brotli(out, limit);
    // Some servers send raw deflate under this name; the zlib header tells them apart (RFC 1950 §2.2).
    else if (coding === "deflate") out = await (((out[0] ?? 0) & 0x0f) === 8 ? inflate : inflateRaw)(out, limit);
    else throw new Error(`the answer is compressed with "${coding}", which was not asked for`);
  }
  return out;
}

/** The same for a stream. */
export function decompressStream(
  stream: ReadableStream<Uint8Array>,
  encoding: string | undefined,
): ReadableStream<Uint8Array> {
  const decoders = encoding === undefined ? [] : codings(encoding).map(decoderOf);
  if (decoders.length === 0) return stream;
  let out: Readable = Readable.fromWeb(stream);
  for (const decoder of decoders) {
    const source = out;
    source.once("error", (error) => decoder.destroy(error));
    decoder.once("close", () => source.destroy());
    out = source.pipe(decoder);
  }
  return Readable.toWeb(out);
}

function decoderOf(coding: string) {
  if (coding === "gzip" || coding === "x-gzip") return zlib.createGunzip();
  if (coding === "br") return zlib.createBrotliDecompress();
  if (coding === "deflate") return zlib.createInflate();
  throw new Error(`the answer is compressed with "${coding}", which was not asked for`);
}

/** Outermost first. */
const codings = (encoding: string): string[] =>
  encoding
    .toLowerCase()
    .split(",")
    .map((coding) => coding.trim())
    .filter((coding) => coding !== "" && coding !== "identity")
    .reverse();
