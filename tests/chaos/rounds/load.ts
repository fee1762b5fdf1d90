import { createHmac, randomUUID } from "node:crypto";
import { z } from "zod";
import type { Random } from "./random.ts";
import { type Stage, WEBHOOK_SECRET } from "./stage.ts";

export interface SentEvent {
  /** The provider's id: the dedupe key. */
  readonly key: string;
  readonly type: "write" | "order" | "forward" | "durable" | "unwanted" | "unparsable";
  readonly body: Buffer;
  /** Ours, once it was accepted. */
  id?: string;
}

/** What one round sent and was promised. */
export interface Sent {
  readonly events: SentEvent[];
  /** Flow runs that were begun, with their pages. */
  readonly flows: Map<string, number>;
  /** Events that were replayed, one job for all. */
  readonly replayed: SentEvent[];
  jobId?: string;
}

export const newSent = (): Sent => ({ events: [], flows: new Map(), replayed: [] });

const acceptedSchema = z.object({ id: z.string(), duplicate: z.boolean() });

/** What a provider does: send, and send again until it is told 2xx. */
export async function sendEvent(stage: Stage, sent: Sent, type: SentEvent["type"], payload: unknown | Buffer) {
  const body = Buffer.isBuffer(payload) ? payload : Buffer.from(JSON.stringify(payload));
  const event: SentEvent = { key: randomUUID(), type, body };
  sent.events.push(event);
  await sendAgain(stage, event);
}

/** Until it is accepted. */
export async function sendAgain(stage: Stage, event: SentEvent): Promise<void> {
  await noteAccepted(event, await stage.insist("/api/khotan/webhook/source", signedRequest(event)));
}

export async function noteAccepted(event: SentEvent, answer: Response): Promise<void> {
  event.id = acceptedSchema.parse(await answer.json()).id;
}

export const signedRequest = ({ key, type, body }: SentEvent): RequestInit => ({
  method: "POST",
  headers: {
    "content-type": "application/json",
    "x-github-event": type,
    "x-github-delivery": key,
    "x-hub-signature-256": `sha256=${createHmac("sha256", WEBHOOK_SECRET).update(body).digest("hex")}`,
  },
  body: new Uint8Array(body),
});

const WRITES = 16;
const FORWARDS = 8;
const KEYS = 3;
const EACH = 5;
const DURABLES = 2;

/** Some of everything, by several senders at once; those of an order wait for each answer. */
export async function sendLoad(stage: Stage, sent: Sent, random: Random): Promise<void> {
  const singles = random.shuffle<SentEvent["type"]>([
    ...Array.from({ length: WRITES }, () => "write" as const),
    ...Array.from({ length: FORWARDS }, () => "forward" as const),
    ...Array.from({ length: DURABLES }, () => "durable" as const),
    "unwanted",
  ]);
  const sender = async () => {
    for (let type = singles.pop(); type; type = singles.pop())
      await sendEvent(stage, sent, type, { padding: "x".repeat(200) });
  };
  const inOrder = async () => {
    const key = randomUUID();
    for (let n = 0; n < EACH; n++) await sendEvent(stage, sent, "order", { key, n });
  };
  await Promise.all([
    ...Array.from({ length: 4 }, sender),
    ...Array.from({ length: KEYS }, inOrder),
    startFlow(stage, sent, random.between(3, 8)),
  ]);
}

const flowsSchema = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) });

async function startFlow(stage: Stage, sent: Sent, pages: number): Promise<void> {
  const { items } = flowsSchema.parse(await (await stage.insist("/api/khotan/flows", {})).json());
  const flow = items.find((one) => one.name === "pages");
  const token = randomUUID();
  sent.flows.set(token, pages);
  await stage.insist(`/api/khotan/flows/${flow?.id}/runs`, json({ body: { token, pages } }));
}

const startedSchema = z.object({ job: z.object({ id: z.string() }) });

/** Replay everything of an earlier round that wrote something, as one job. */
export async function replay(stage: Stage, sent: Sent, earlier: Sent): Promise<void> {
  const again = earlier.events.filter(({ type }) => type === "write" || type === "order" || type === "forward");
  if (again.length === 0) return;
  const answer = await stage.insist("/api/khotan/events/replay", json({ ids: again.map((event) => event.id) }));
  sent.replayed.push(...again);
  sent.jobId = startedSchema.parse(await answer.json()).job.id;
}

/** With the same key, a repeated request does nothing more. */
const json = (body: unknown): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json", "idempotency-key": randomUUID() },
  body: JSON.stringify(body),
});
