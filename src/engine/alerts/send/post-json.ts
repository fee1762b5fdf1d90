import { request } from "undici";
import type { Engine } from "../../context.ts";
import { guardedAgent } from "../../plugs/http/agents.ts";

/** The other side refused for good: sending again is no use. */
export class DeliveryRefused extends Error {}

const TIMEOUT_MS = 10_000;
const MAX_ANSWER = 64 * 1024;

/**
 * Post a text to an address that a person typed: through the network guard, and without following redirects.
 *
 * @returns the answer's body, at most 64 KiB of it.
 * @throws DeliveryRefused for 410; Error for every other status that is no success; NetworkBlockedError
 */
export async function postJson(
  engine: Pick<Engine, "guard">,
  url: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<string> {
  const answer = await request(engine.guard.checkUrl(url), {
    method: "POST",
    body,
    headers: { "content-type": "application/json; charset=utf-8", "user-agent": "khotan", ...headers },
    dispatcher: guardedAgent(engine.guard),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = await readSome(answer.body);
  const { statusCode } = answer;
  if (statusCode >= 200 && statusCode < 300) return text;
  if (statusCode === 410) throw new DeliveryRefused("The other side answered 410: it is gone for good.");
  throw new Error(`The other side answered ${statusCode}.`);
}

async function readSome(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_ANSWER) break;
  }
  return Buffer.concat(chunks).subarray(0, MAX_ANSWER).toString("utf8");
}
