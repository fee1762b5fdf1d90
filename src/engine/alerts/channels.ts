import { and, asc, eq, inArray, sql } from "drizzle-orm";
import {
  type AlertChannel,
  type CreateAlertChannel,
  decodeId,
  encodeId,
  newUuid,
  type UpdateAlertChannel,
} from "../../contract/index.ts";
import { writeAudit } from "../audit/write-audit.ts";
import { announce } from "../changes/announce.ts";
import type { Engine } from "../context.ts";
import type { Transaction } from "../database/adapter.ts";
import { alertChannels, alertNotifications, alertRules } from "../database/schema/index.ts";
import { KhotanError } from "../errors.ts";
import {
  type ChannelConfig,
  newSigningSecret,
  openConfig,
  readConfig,
  sealConfig,
  targetOf,
} from "./channel-config.ts";
import type { ChannelRow } from "./queue-notices.ts";
import { requireFreeName } from "./require-free-name.ts";
import type { Changer } from "./rules.ts";
import { noteResult, trySending } from "./send-notifications.ts";

const MAX_CHANNELS = 200;

/** All channels by name, without what is secret of them. */
export async function listChannels(engine: Pick<Engine, "adapter">): Promise<AlertChannel[]> {
  const { db } = engine.adapter;
  const found = await db.select().from(alertChannels).orderBy(asc(alertChannels.name)).limit(MAX_CHANNELS);
  return found.map(toRecord);
}

/**
 * @returns the channel, with the signing secret of a webhook when it was made here.
 * @throws KhotanError `conflict`, `upstream_blocked`, `secret_not_configured`
 */
export async function createChannel(
  engine: Engine,
  channel: CreateAlertChannel,
  { actor, requestId }: Changer,
): Promise<AlertChannel & { secret?: string }> {
  const { kind, config: given, ...rest } = channel;
  const secret = kind === "webhook" && channel.config.secret === undefined ? newSigningSecret() : undefined;
  const config = readConfig(kind, secret === undefined ? given : { ...given, secret });
  checkAddress(engine, config);
  const id = newUuid();
  return await engine.adapter.db.transaction(async (tx) => {
    await requireFreeName(tx, alertChannels, channel.name, null);
    const values = { ...rest, id, kind, envelope: sealConfig(engine, id, config), target: targetOf(config) };
    const [row] = await tx.insert(alertChannels).values(values).returning();
    if (!row) throw new Error("a channel was not stored");
    await audit(tx, "alert_channel.create", row, { actor, requestId });
    return { ...toRecord(row), ...(secret === undefined ? {} : { secret }) };
  });
}

/** @throws KhotanError `not_found`, `conflict`, `validation_failed`, `upstream_blocked`, `secret_key_missing` */
export async function updateChannel(
  engine: Engine,
  id: string,
  { config: patch, ...rest }: UpdateAlertChannel,
  { actor, requestId }: Changer,
): Promise<AlertChannel> {
  return await engine.adapter.db.transaction(async (tx) => {
    const old = await requireChannel(tx, id);
    if (rest.name !== undefined) await requireFreeName(tx, alertChannels, rest.name, old.id);
    const config = patch && readConfig(old.kind, merged(openConfig(engine, old), patch));
    if (config) checkAddress(engine, config);
    const sealed = config ? { envelope: sealConfig(engine, old.id, config), target: targetOf(config) } : {};
    const changes = { ...rest, ...sealed, updatedAt: new Date() };
    const [row] = await tx.update(alertChannels).set(changes).where(eq(alertChannels.id, old.id)).returning();
    if (!row) throw channelNotFound(id);
    await audit(tx, "alert_channel.update", row, { actor, requestId });
    return toRecord(row);
  });
}

/** @throws KhotanError `not_found` */
export async function deleteChannel(
  engine: Engine,
  id: string,
  { actor, requestId }: Changer,
): Promise<{ id: string }> {
  return await engine.adapter.db.transaction(async (tx) => {
    const row = await requireChannel(tx, id);
    await requireUnnamed(tx, row);
    await tx.delete(alertChannels).where(eq(alertChannels.id, row.id));
    const unsent = inArray(alertNotifications.status, ["pending", "held"]);
    await tx.delete(alertNotifications).where(and(eq(alertNotifications.channelId, row.id), unsent));
    await audit(tx, "alert_channel.delete", row, { actor, requestId });
    return { id };
  });
}

/** Send a test message now, also in quiet hours and to a channel that is switched off. @throws KhotanError `not_found` */
export async function testChannel(
  engine: Engine,
  id: string,
  { actor, requestId }: Changer,
): Promise<{ ok: boolean; error: string | null }> {
  const row = await engine.adapter.db.transaction(async (tx) => {
    const channel = await requireChannel(tx, id);
    await audit(tx, "alert_channel.test", channel, { actor, requestId });
    return channel;
  });
  const error = await trySending(engine, row, { id: newUuid(), kind: "test", notices: [], more: 0 });
  await noteResult(engine, row.id, error?.message.slice(0, 500) ?? null);
  return { ok: error === null, error: error?.message ?? null };
}

/** Without its only channel a rule would ring nowhere, or, naming none, everywhere. @throws KhotanError `conflict` */
async function requireUnnamed(tx: Transaction, channel: ChannelRow): Promise<void> {
  const named = sql`${alertRules.channelIds} @> ${JSON.stringify([channel.id])}::text::jsonb`;
  const rules = await tx.select({ name: alertRules.name }).from(alertRules).where(named).limit(5);
  if (rules.length === 0) return;
  throw new KhotanError("conflict", `Rules name this channel: ${rules.map((rule) => rule.name).join(", ")}.`, {
    hint: "Give them other channels first, or switch the channel off.",
  });
}

async function requireChannel(tx: Transaction, id: string): Promise<ChannelRow> {
  const uuid = decodeId("alertChannel", id);
  const [row] = uuid ? await tx.select().from(alertChannels).where(eq(alertChannels.id, uuid)).for("update") : [];
  if (row) return row;
  throw channelNotFound(id);
}

const channelNotFound = (id: string) => new KhotanError("not_found", `There is no alert channel "${id}".`);

/** An address that will never be allowed is refused when it is typed. What its name resolves to is checked when sending. */
function checkAddress(engine: Pick<Engine, "guard" | "registry">, { kind, config }: ChannelConfig): void {
  if (kind === "email") return;
  if ("url" in config) engine.guard.checkUrl(config.url);
  else engine.registry.plug(config.plug);
}

/** `null` takes a field away; a bot's plug and an incoming webhook's URL replace each other. */
function merged({ config }: ChannelConfig, patch: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const other = "url" in patch ? ["plug", "tenant", "channel"] : "plug" in patch ? ["url"] : [];
  const all = { ...Object.fromEntries(Object.entries(config).filter(([key]) => !other.includes(key))), ...patch };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}

async function audit(tx: Transaction, action: string, row: ChannelRow, { actor, requestId }: Changer): Promise<void> {
  await writeAudit(tx, {
    actor,
    action,
    target: encodeId("alertChannel", row.id),
    data: { name: row.name, kind: row.kind },
    ...(requestId === undefined ? {} : { requestId }),
  });
  await announce(tx, "alerts", null);
}

const toRecord = (row: ChannelRow): AlertChannel => ({
  id: encodeId("alertChannel", row.id),
  kind: row.kind,
  name: row.name,
  enabled: row.enabled,
  quietHours: row.quietHours,
  criticalPasses: row.criticalPasses,
  target: row.target,
  lastError: row.lastError,
  lastSentAt: row.lastSentAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});
