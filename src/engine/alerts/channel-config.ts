import { randomBytes } from "node:crypto";
import type { z } from "zod";
import { CHANNEL_TARGETS, type ChannelKind } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { KhotanError } from "../errors.ts";
import type { Envelope } from "../security/secret-box.ts";

type Targets = { readonly [K in ChannelKind]: z.output<(typeof CHANNEL_TARGETS)[K]> };
/** How a channel reaches the other side, decrypted. */
export type ChannelConfig = {
  readonly [K in ChannelKind]: { readonly kind: K; readonly config: Targets[K] };
}[ChannelKind];

/** Bound into the envelope, so that nobody can move one channel's secrets to another. */
export const sealedChannelIdentity = (channelId: string): string => `alert-channel:${channelId}`;

/** Check a channel's configuration. @throws KhotanError `validation_failed` naming each field */
export function readConfig(kind: ChannelKind, config: unknown): ChannelConfig {
  const checked = CHANNEL_TARGETS[kind].safeParse(config);
  if (!checked.success) {
    const issues = checked.error.issues.map(({ path, message }) => ({ path: ["config", ...path].join("."), message }));
    throw new KhotanError("validation_failed", "The channel's configuration is not right.", { issues });
  }
  // `kind` chose the schema that was just passed.
  return { kind, config: checked.data } as ChannelConfig;
}

/** A signing secret as Standard Webhooks wants it. */
export const newSigningSecret = (): string => `whsec_${randomBytes(32).toString("base64")}`;

/** @throws KhotanError `secret_not_configured` */
export const sealConfig = (engine: Pick<Engine, "secrets">, channelId: string, { config }: ChannelConfig): Envelope =>
  engine.secrets().seal(JSON.stringify(config), sealedChannelIdentity(channelId));

/** @throws KhotanError `secret_key_missing`, `secret_tampered` */
export function openConfig(
  engine: Pick<Engine, "secrets">,
  channel: { readonly id: string; readonly kind: ChannelKind; readonly envelope: Envelope },
): ChannelConfig {
  return readConfig(
    channel.kind,
    JSON.parse(engine.secrets().open(channel.envelope, sealedChannelIdentity(channel.id))),
  );
}

/** Where it goes, for people: an address without what makes it secret. */
export function targetOf({ kind, config }: ChannelConfig): string {
  switch (kind) {
    case "slack":
      return "url" in config
        ? `${new URL(config.url).origin}/…`
        : `${config.channel} (plug ${config.plug}, ${config.tenant})`;
    case "email":
      return config.to.join(", ");
    case "webhook": {
      const { origin, pathname } = new URL(config.url);
      return `${origin}${pathname}`; // a query may hold a token
    }
  }
}
