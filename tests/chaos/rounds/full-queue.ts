import { randomUUID } from "node:crypto";
import { createGate } from "../../support/gate.ts";
import { type SentEvent, sendAgain, signedRequest } from "./load.ts";
import { sendBig, type Trouble } from "./scenarios.ts";

const BIG = 4_900_000;
const SENDERS = 8;

/**
 * The database takes nothing for a while, and large events come in: what waits may not grow without end. So some are
 * refused with 503 and a time to come back, and all are taken once it goes on.
 */
export async function fullQueue({ stage, sent, toll }: Trouble): Promise<void> {
  const [locked, done] = [createGate(), createGate()];
  const holding = stage.sql.begin(async (tx) => {
    await tx`lock table khotan_events in access exclusive mode`;
    locked.open();
    await done.opened;
  });
  await locked.opened;
  const sending = Array.from({ length: SENDERS }, () => sendBig(stage, sent, BIG));
  const [process] = stage.living();
  const deadline = performance.now() + 20_000;
  // Somebody else knocks until the door is shut.
  while (process?.alive && performance.now() < deadline) {
    const event: SentEvent = { key: randomUUID(), type: "unwanted", body: Buffer.from("{}") };
    sent.events.push(event);
    const answer = await fetch(`${process.url}/api/khotan/webhook/source`, {
      ...signedRequest(event),
      signal: AbortSignal.timeout(300),
    }).catch(() => null);
    if (answer?.status === 503 && answer.headers.has("retry-after")) toll.refused++;
    // Refused for sure, so it must not be there; otherwise it may be, and is sent until it is.
    if (answer?.status === 503) sent.events.pop();
    else sending.push(sendAgain(stage, event));
    if (toll.refused > 0) break;
  }
  done.open();
  await holding;
  await Promise.all(sending);
}
