import { createHmac, randomUUID } from "node:crypto";
import { z } from "zod";
import { type Stage, WEBHOOK_SECRET } from "./stage.ts";

export interface SentEvent {
  /** The provider's id: the dedupe key. */
  readonly key: string;
  readonly type: string;
  readonly plug: string;
  readonly body: Buffer;
  /** Handlers that want it. */
  readonly wanted: number;
  /** Its headers, signed now. */
  sign(): Readonly<Record<string, string>>;
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
export async function sendEvent(stage: Stage, sent: Sent, event: SentEvent): Promise<void> {
  sent.events.push(event);
  await sendAgain(stage, event);
}

/** Until it is accepted. */
export async function sendAgain(stage: Stage, event: SentEvent): Promise<void> {
  await noteAccepted(event, await stage.insist(pathOf(event), () => signedRequest(event)));
}

export async function noteAccepted(event: SentEvent, answer: Response): Promise<void> {
  event.id = acceptedSchema.parse(await answer.json()).id;
}

export const pathOf = ({ plug }: SentEvent): string => `/api/khotan/webhook/${plug}`;

export const signedRequest = ({ sign, body }: SentEvent): RequestInit => ({
  method: "POST",
  headers: sign(),
  body: new Uint8Array(body),
});

/** A body as JSON. */
export const asBody = (payload: unknown): Buffer => Buffer.from(JSON.stringify(payload));

/** As GitHub sends it. */
export function githubEvent(plug: string, type: string, body: Buffer, wanted: number): SentEvent {
  const key = randomUUID();
  const signature = createHmac("sha256", WEBHOOK_SECRET).update(body).digest("hex");
  const headers = {
    "content-type": "application/json",
    "x-github-event": type,
    "x-github-delivery": key,
    "x-hub-signature-256": `sha256=${signature}`,
  };
  return { key, type, plug, body, wanted, sign: () => headers };
}

const startedSchema = z.object({ job: z.object({ id: z.string() }) });

/** Replay what an earlier round sent, as one job. */
export async function replay(stage: Stage, sent: Sent, again: readonly SentEvent[]): Promise<void> {
  if (again.length === 0) return;
  const answer = await stage.insist("/api/khotan/events/replay", asJson({ ids: again.map((event) => event.id) }));
  sent.replayed.push(...again);
  sent.jobId = startedSchema.parse(await answer.json()).job.id;
}

/** With the same key, a repeated request does nothing more. */
export function asJson(body: unknown, method = "POST"): () => RequestInit {
  const headers = { "content-type": "application/json", "idempotency-key": randomUUID() };
  return () => ({ method, headers, body: JSON.stringify(body) });
}
