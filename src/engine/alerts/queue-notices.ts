import { and, asc, eq, inArray } from "drizzle-orm";
import type { NotificationKind } from "../../contract/index.ts";
import type { Transaction } from "../database/adapter.ts";
import { type alertChannels, alertNotifications, type alertRules } from "../database/schema/index.ts";
import { type AlertNotice, type Notices, noticesSchema } from "./alert-message.ts";
import { isQuiet } from "./quiet-hours.ts";

export type ChannelRow = typeof alertChannels.$inferSelect;
type RuleRow = Pick<typeof alertRules.$inferSelect, "channelIds">;

/** Something to tell, and by which rule. */
export interface Telling {
  readonly notice: AlertNotice;
  readonly incidentId: string;
  readonly rule: RuleRow;
}

/** More at once become one summary: a hundred messages tell less than one. */
const MAX_SINGLE = 10;
/** Notices a summary spells out. */
const MAX_LISTED = 50;

/**
 * Write down what is to be sent, in the transaction that decided it. What comes in a channel's quiet hours is held,
 * unless it is critical.
 *
 * @returns how many are to be sent now.
 */
export async function queueNotices(
  tx: Transaction,
  channels: readonly ChannelRow[],
  tellings: readonly Telling[],
  now: number,
): Promise<number> {
  let queued = 0;
  for (const channel of channels) {
    const wanted = tellings.filter(({ rule }) => rule.channelIds.length === 0 || rule.channelIds.includes(channel.id));
    const passes = ({ notice }: Telling) => channel.criticalPasses && notice.incident.severity === "critical";
    const quiet = isQuiet(channel.quietHours, now);
    const held = quiet ? wanted.filter((telling) => !passes(telling)) : [];
    const told = quiet ? wanted.filter(passes) : wanted;
    for (const telling of held) await insert(tx, channel, telling, "held", now);
    if (told.length > MAX_SINGLE)
      await insertSummary(
        tx,
        channel,
        told.map(({ notice }) => notice),
        0,
        now,
      );
    else for (const telling of told) await insert(tx, channel, telling, "pending", now);
    queued += told.length;
  }
  return queued;
}

/** When a channel's quiet hours are over, everything that was held becomes one message. */
export async function releaseHeld(tx: Transaction, channels: readonly ChannelRow[], now: number): Promise<number> {
  const awake = channels.filter((channel) => !isQuiet(channel.quietHours, now));
  if (awake.length === 0) return 0;
  const ids = awake.map((channel) => channel.id);
  const held = await tx
    .select()
    .from(alertNotifications)
    .where(and(eq(alertNotifications.status, "held"), inArray(alertNotifications.channelId, ids)))
    .orderBy(asc(alertNotifications.id))
    .limit(5_000);
  for (const channel of awake) {
    const mine = held.filter((row) => row.channelId === channel.id);
    if (mine.length === 0) continue;
    const notices = mine.flatMap((row) => noticesSchema.parse(row.payload).notices);
    await insertSummary(tx, channel, notices, 0, now);
    await tx
      .update(alertNotifications)
      .set({ status: "folded" })
      .where(
        inArray(
          alertNotifications.id,
          mine.map((row) => row.id),
        ),
      );
  }
  return held.length;
}

async function insert(
  tx: Transaction,
  channel: ChannelRow,
  { notice, incidentId }: Telling,
  status: "pending" | "held",
  now: number,
): Promise<void> {
  const payload: Notices = { notices: [notice], more: 0 };
  await write(tx, { channelId: channel.id, incidentId, kind: notice.kind, payload, status }, now);
}

async function insertSummary(
  tx: Transaction,
  channel: ChannelRow,
  notices: readonly AlertNotice[],
  more: number,
  now: number,
): Promise<void> {
  const listed = notices.slice(0, MAX_LISTED);
  const payload: Notices = { notices: listed, more: more + notices.length - listed.length };
  await write(tx, { channelId: channel.id, incidentId: null, kind: "summary", payload, status: "pending" }, now);
}

interface NewNotification {
  readonly channelId: string;
  readonly incidentId: string | null;
  readonly kind: NotificationKind;
  readonly payload: Notices;
  readonly status: "pending" | "held";
}

async function write(tx: Transaction, row: NewNotification, now: number): Promise<void> {
  const at = new Date(now);
  await tx
    .insert(alertNotifications)
    .values({ ...row, createdAt: at, nextAttemptAt: row.status === "pending" ? at : null });
}
