import { eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { createAlertChannelSchema, createAlertRuleSchema, isStateMetric, newUuid } from "../../contract/index.ts";
import { announce } from "../changes/announce.ts";
import type { Engine } from "../context.ts";
import type { Transaction } from "../database/adapter.ts";
import { alertChannels, alertRules } from "../database/schema/index.ts";
import { KhotanConfigError } from "../errors.ts";
import { readConfig, sealConfig, targetOf } from "./channel-config.ts";
import { seedRules } from "./evaluate-alerts.ts";

const ruleSchema = createAlertRuleSchema.omit({ channelIds: true }).extend({
  /** Names of channels; none: every channel. */
  channels: z.array(z.string()).default([]),
});
const declaredSchema = z.strictObject({
  channels: z.array(createAlertChannelSchema).default([]),
  rules: z.array(ruleSchema).default([]),
});

/**
 * Channels and rules that an app brings along. They are stored by name at every start, so what the code says wins over
 * what was changed by the API; those that are no longer declared stay until somebody removes them.
 *
 * @example
 * khotan({ alerts: {
 *   channels: [{ kind: "slack", name: "Ops", config: { url: process.env.SLACK_URL ?? "" } }],
 *   rules: [{ name: "Dead orders", metric: "dead_letters", threshold: 1, plug: "shop", channels: ["Ops"] }],
 * }, … })
 */
export type AlertOptions = z.input<typeof declaredSchema>;
export type DeclaredAlerts = z.output<typeof declaredSchema>;

/** Check what was declared. @throws KhotanConfigError */
export function readDeclaredAlerts(options: AlertOptions | undefined): DeclaredAlerts {
  const checked = declaredSchema.safeParse(options ?? {});
  if (!checked.success) {
    throw new KhotanConfigError(
      checked.error.issues.map(({ path, message }) => ({ path: ["alerts", ...path].join("."), message })),
    );
  }
  const issues = checked.data.channels.flatMap((channel, at) =>
    channel.kind === "webhook" && channel.config.secret === undefined
      ? [{ path: `alerts.channels.${at}.config.secret`, message: "Give one: nobody would see a secret that is made." }]
      : [],
  );
  checked.data.rules.forEach(({ metric, threshold }, at) => {
    if (isStateMetric(metric) === (threshold === null)) return;
    const message = threshold === null ? `${metric} needs a threshold.` : `${metric} has no threshold.`;
    issues.push({ path: `alerts.rules.${at}.threshold`, message });
  });
  if (issues.length > 0) throw new KhotanConfigError(issues);
  return checked.data;
}

/** Store what was declared, all or nothing. @throws KhotanConfigError when a rule names a channel that does not exist */
export async function storeDeclaredAlerts(
  engine: Pick<Engine, "adapter" | "secrets">,
  { channels, rules }: DeclaredAlerts,
): Promise<void> {
  if (channels.length === 0 && rules.length === 0) return;
  await engine.adapter.db.transaction(async (tx) => {
    // Processes that start together take turns: a channel's envelope is bound to the id of whoever was first.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('khotan alerts declared', 0))`);
    await seedRules(tx);
    for (const { kind, config, ...rest } of channels) {
      const [old] = await tx
        .select({ id: alertChannels.id })
        .from(alertChannels)
        .where(eq(alertChannels.name, rest.name));
      const id = old?.id ?? newUuid();
      const checked = readConfig(kind, config);
      const set = { ...rest, kind, envelope: sealConfig(engine, id, checked), target: targetOf(checked) };
      if (old)
        await tx
          .update(alertChannels)
          .set({ ...set, updatedAt: new Date() })
          .where(eq(alertChannels.id, id));
      else await tx.insert(alertChannels).values({ ...set, id });
    }
    for (const { channels: names, ...rule } of rules) {
      const set = { ...rule, channelIds: await idsOf(tx, rule.name, names) };
      await tx
        .insert(alertRules)
        .values(set)
        .onConflictDoUpdate({ target: alertRules.name, set: { ...set, updatedAt: new Date() } });
    }
    await announce(tx, "alerts", null);
  });
}

async function idsOf(tx: Transaction, rule: string, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const found = await tx
    .select()
    .from(alertChannels)
    .where(inArray(alertChannels.name, [...names]));
  const missing = names.find((name) => !found.some((channel) => channel.name === name));
  if (missing === undefined) return found.map((channel) => channel.id);
  throw new KhotanConfigError([{ path: `alerts.rules "${rule}"`, message: `There is no alert channel "${missing}".` }]);
}
