import { KhotanError } from "../errors.ts";
import type { Host } from "./host.ts";

const tooLarge = (maxBytes: number) =>
  new KhotanError("payload_too_large", `The body is larger than ${maxBytes} bytes.`, {
    hint: "Send less, or raise `maxBodyBytes` for webhooks.",
  });

/**
 * Read a body, giving up as soon as it is larger than allowed. What the sender
 * says about its length is only believed when it says too much, or when the host
 * holds it to that.
 *
 * @throws KhotanError `payload_too_large`
 */
export async function readBody(
  request: Request,
  maxBytes: number,
  { checksLength = false }: Pick<Host, "checksLength"> = {},
): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) {
    await request.body?.cancel().catch(() => undefined);
    throw tooLarge(maxBytes);
  }
  // At once: a stream that one could look into costs ten times as much as a body of 1 KB.
  if (checksLength && request.headers.has("content-length")) return new Uint8Array(await request.arrayBuffer());
  if (request.body === null) return new Uint8Array();
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > maxBytes) {
      await reader.cancel().catch(() => undefined);
      throw tooLarge(maxBytes);
    }
    chunks.push(value);
  }
  const body = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.byteLength;
  }
  return body;
}
