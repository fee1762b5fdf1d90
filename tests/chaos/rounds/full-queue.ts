import { createGate } from "../../support/gate.ts";
import type { ChaosProcess } from "./chaos-process-handle.ts";
import { noteAccepted, pathOf, sendAgain, signedRequest } from "./load.ts";
import type { Trouble } from "./scenarios.ts";

/** What waits for the database may weigh 64 MiB; one of these weighs three times its size, and one is under way. */
const BIG = 4_900_000;
const SENDERS = 7;
const PATIENCE_MS = 60_000;

/**
 * The database takes nothing for a while, and large events come in: what waits may not grow without end. So others are
 * refused with 503 and a time to come back, and all are taken once it goes on.
 */
export async function fullQueue({ stage, sent, toll }: Trouble): Promise<void> {
  const [victim] = stage.living();
  if (!victim) throw new Error("no process lives");
  const [locked, done] = [createGate(), createGate()];
  const holding = stage.sql.begin(async (tx) => {
    await tx`lock table khotan_events in access exclusive mode`;
    locked.open();
    await done.opened;
  });
  await locked.opened;
  let refused = 0;
  const giveUp = setTimeout(() => done.open(), PATIENCE_MS / 2);
  const send = async (process: ChaosProcess, type: "write" | "unwanted", body: Buffer): Promise<void> => {
    const event = stage.cast.githubEvent(type, body);
    sent.events.push(event);
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const request = { ...signedRequest(event), signal };
    const answer = await fetch(process.url + pathOf(event), request).catch(() => null);
    if (answer?.status === 503 && answer.headers.has("retry-after")) {
      refused++;
      // The door was shut: that is what we wanted to see.
      done.open();
    }
    if (answer?.ok) await noteAccepted(event, answer);
    else await sendAgain(stage, event);
  };
  const big = Buffer.from(JSON.stringify({ filler: "x".repeat(BIG) }));
  const sending = Array.from({ length: SENDERS }, () => send(victim, "write", big));
  const knocking = knock(() => send(victim, "unwanted", Buffer.from("{}")), done.opened);
  await done.opened;
  clearTimeout(giveUp);
  await holding;
  await Promise.all([...sending, ...(await knocking)]);
  toll.refused += refused;
  if (refused === 0) throw new Error("nobody was refused");
}

/** Somebody else comes by every now and then, until it is over. */
async function knock(send: () => Promise<void>, over: Promise<void>): Promise<Promise<void>[]> {
  const sending: Promise<void>[] = [];
  let isOver = false;
  void over.then(() => {
    isOver = true;
  });
  while (!isOver) {
    sending.push(send());
    await Promise.race([over, new Promise((next) => setTimeout(next, 100))]);
  }
  return sending;
}
