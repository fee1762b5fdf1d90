import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { NOTIFICATION_KINDS } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { rows } from "../database/adapter.ts";
import { alertChannels, alertNotifications } from "../database/schema/index.ts";
import { type AlertMessage, noticesSchema } from "./alert-message.ts";
import { openConfig } from "./channel-config.ts";
import type { ChannelRow } from "./queue-notices.ts";
import { DeliveryRefused } from "./send/post-json.ts";
import { sendEmail } from "./send/send-email.ts";
import { sendSlack } from "./send/send-slack.ts";
import { sendWebhook } from "./send/send-webhook.ts";

/** A process that sends and dies lets go of its messages after this; longer than any try takes. */
const LEASE_MS = 60_000;
const BATCH = 10;
/** After the first, second … try. Then it failed; the channel shows why. */
const BACKOFF_MS = [5_000, 30_000, 120_000, 600_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000, 28_800_000];

const claimedRow = z.object({
  id: z.string(),
  channel_id: z.string(),
  kind: z.enum(NOTIFICATION_KINDS),
  payload: z.unknown(),
  attempts: z.number(),
});

/**
 * Send what is due. A message is leased, sent, then marked: a process that dies in between sends it again, with the same
 * id. Of several processes each takes other messages.
 *
 * @returns how many were tried.
 */
export async function sendNotifications(engine: Engine): Promise<number> {
  const now = engine.clock.now();
  const at = (ms: number) => sql`${new Date(ms).toISOString()}::timestamptz`;
  const claimed = await rows(
    engine.adapter.db,
    sql`
      update khotan_alert_notifications n set lease_until = ${at(now + LEASE_MS)}, attempts = attempts + 1
      where id in (
        select id from khotan_alert_notifications
        where status = 'pending' and next_attempt_at <= ${at(now)} and (lease_until is null or lease_until <= ${at(now)})
        order by next_attempt_at, id limit ${BATCH} for update skip locked
      )
      returning id::text, channel_id::text, kind, payload, attempts
    `,
    claimedRow,
  );
  await Promise.all(claimed.map((one) => sendOne(engine, one)));
  return claimed.length;
}

async function sendOne(engine: Engine, one: z.output<typeof claimedRow>): Promise<void> {
  const { db } = engine.adapter;
  const [channel] = await db.select().from(alertChannels).where(eq(alertChannels.id, one.channel_id));
  const payload = typeof one.payload === "string" ? JSON.parse(one.payload) : one.payload;
  const message: AlertMessage = { id: one.id, kind: one.kind, ...noticesSchema.parse(payload) };
  const error = channel ? await trySending(engine, channel, message) : new DeliveryRefused("The channel is gone.");
  const now = engine.clock.now();
  const backoff = error instanceof DeliveryRefused ? undefined : BACKOFF_MS[one.attempts - 1];
  const lastError = error?.message.slice(0, 500) ?? null;
  await db
    .update(alertNotifications)
    .set({
      leaseUntil: null,
      lastError,
      ...(error === null
        ? { status: "sent", sentAt: new Date(now), nextAttemptAt: null }
        : backoff === undefined
          ? { status: "failed", nextAttemptAt: null }
          : { nextAttemptAt: new Date(now + backoff) }),
    })
    .where(eq(alertNotifications.id, one.id));
  if (channel) await noteResult(engine, channel.id, lastError);
}

/** Send one message now. @returns why it was not taken, or `null`. */
export async function trySending(engine: Engine, channel: ChannelRow, message: AlertMessage): Promise<Error | null> {
  try {
    const target = openConfig(engine, channel);
    if (target.kind === "slack") await sendSlack(engine, target.config, message);
    else if (target.kind === "email") await sendEmail(engine, target.config, message);
    else await sendWebhook(engine, target.config, message);
    return null;
  } catch (error) {
    const reason = error instanceof Error ? error : new Error(String(error));
    engine.log.warn({ channel: channel.name, error: reason.message }, "an alert could not be sent");
    return reason;
  }
}

/** Show on the channel how the last try went. */
export async function noteResult(engine: Engine, channelId: string, lastError: string | null): Promise<void> {
  const sent = lastError === null ? { lastSentAt: new Date(engine.clock.now()) } : {};
  await engine.adapter.db
    .update(alertChannels)
    .set({ lastError, ...sent })
    .where(eq(alertChannels.id, channelId));
  engine.publisher.publish("alerts", null);
}
