import { z } from "zod";
import type { WireMode } from "../../contract/index.ts";
import { KhotanConfigError } from "../errors.ts";
import type { ConnectionVars } from "../handlers/context.ts";
import { eventPatternSchema } from "../handlers/event-filter.ts";
import { type AnyBoundPlug, type VarDefinition, type VarField, varDefinitionSchema } from "../plugs/index.ts";
import type { Handshake } from "../security/handshakes/index.ts";
import type { SignatureScheme } from "../security/signatures/index.ts";

/** What the life-cycle hooks of a wire are given. */
export interface WireContext {
  readonly tenant: string;
  /** The plug with this connection's credentials. */
  readonly plug: AnyBoundPlug;
  readonly vars: ConnectionVars;
  /** The address the provider must call. */
  readonly callbackUrl: string;
  readonly events: readonly string[];
  readonly wireVars: ConnectionVars;
  /** Keep something of the wire's own, e.g. the signing secret the provider made. Merged and encrypted. */
  setWireVars(patch: Readonly<Record<string, string | number | boolean | null>>): Promise<void>;
  /** The provider's id of the subscription; `null` before the first subscribe. */
  readonly remoteId: string | null;
  readonly signal: AbortSignal;
}

export interface Subscription {
  readonly remoteId?: string;
  /** When the provider will end it; it is renewed before. */
  readonly expiresAt?: Date;
}

/** What `onVerify` is given: the request as it came. */
export interface VerifyContext {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The raw body as text. */
  readonly body: string;
  readonly bytes: Uint8Array;
  readonly wireVars: ConnectionVars;
}

export interface EventIdentity {
  readonly type?: string;
  readonly id?: string;
}

/** An event as a provider lists it afterwards. */
export interface MissedEvent {
  /** As the webhook would have had them; what type and id are read from. `content-type` is JSON unless said otherwise. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What the webhook would have brought: text, bytes, or a value that is written as JSON. */
  readonly body: string | Uint8Array | object;
  /** The id its webhook would have been known by, where headers and body do not say. */
  readonly id?: string;
  readonly type?: string;
  /** When it happened. Needed where there is no id. */
  readonly occurredAt?: Date;
}

export type MissedEvents = Iterable<MissedEvent> | AsyncIterable<MissedEvent>;

export interface WireOptions {
  /** What to subscribe to; shown to people and given to `onSubscribe`. Default: everything. */
  readonly events?: readonly string[];
  /** `managed` subscribes at the provider, `manual` is set up there by a person. Default: managed when there is `onSubscribe`. */
  readonly mode?: WireMode;
  /** How requests are verified; the secret is the wire's variable `webhookSecret`. */
  readonly verify?: SignatureScheme;
  /** Verify by own code instead. Return `false` or a reason to refuse. */
  readonly onVerify?: (ctx: VerifyContext) => boolean | string | Promise<boolean | string>;
  /** Default: the scheme's own. */
  readonly handshake?: Handshake;
  /** Read type and id from a verified event. Default: the scheme's way, else `type`/`event` and `id` of a JSON body. */
  readonly identify?: (headers: Readonly<Record<string, string>>, payload: unknown) => EventIdentity;
  /** Deliver events of one key in order (the key is kept from the start; see the handler's `orderBy`). */
  readonly orderBy?: (payload: unknown, type: string) => string | null;
  /** Further variables; `webhookSecret` and `webhookSecretPrevious` are added for schemes. */
  readonly vars?: readonly VarDefinition[];
  readonly onSubscribe?: (ctx: WireContext) => Promise<Subscription | undefined>;
  readonly onUnsubscribe?: (ctx: WireContext) => Promise<void>;
  readonly onRenew?: (ctx: WireContext) => Promise<Subscription | undefined>;
  /**
   * List what the provider has from `since` to `until`, or what of it could not be
   * delivered; the oldest first, if it can be had. Asked after the hub was away,
   * and when a person asks. Listing too much does no harm: what is here already,
   * and what the wire does not subscribe to, is passed over.
   */
  readonly listMissed?: (ctx: WireContext, since: Date, until: Date) => MissedEvents | Promise<MissedEvents>;
  /** The wire's variables that `listMissed` needs. While one is empty, nobody asks by itself. */
  readonly listMissedNeeds?: readonly string[];
  /** Numbered steps shown to whoever sets it up by hand. */
  readonly guide?: readonly { readonly title: string; readonly text: string }[];
}

/** A registered wire. Made by `wire`; not by hand. */
export interface Wire extends Omit<WireOptions, "vars" | "events" | "mode" | "guide"> {
  readonly events: readonly string[];
  readonly mode: WireMode;
  readonly vars: readonly VarField[];
  readonly guide: readonly { readonly title: string; readonly text: string }[];
}

const optionsSchema = z.object({
  events: z.array(eventPatternSchema).min(1).optional(),
  vars: z.array(varDefinitionSchema).optional(),
});

/**
 * Subscribe to a plug's webhooks.
 *
 * @example wire({ events: ["invoice.*"], verify: stripeSignature() })
 * @throws KhotanConfigError when nothing verifies the requests, or a hook is missing for the mode.
 */
export function wire(options: WireOptions): Wire {
  const issues: { path: string; message: string }[] = [];
  const checked = optionsSchema.safeParse(options);
  for (const issue of checked.error?.issues ?? [])
    issues.push({ path: ["wire", ...issue.path].join("."), message: issue.message });
  if (!options.verify && !options.onVerify) {
    issues.push({
      path: "wire.verify",
      message: "Say how requests are verified: give `verify` a signature scheme, or write `onVerify`.",
    });
  }
  if (options.verify && options.onVerify) {
    issues.push({ path: "wire.onVerify", message: "Give either `verify` or `onVerify`, not both." });
  }
  const mode = options.mode ?? (options.onSubscribe ? "managed" : "manual");
  if (mode === "managed" && !options.onSubscribe) {
    issues.push({ path: "wire.onSubscribe", message: "A managed wire needs `onSubscribe`." });
  }
  if (issues.length > 0) throw new KhotanConfigError(issues);
  return Object.freeze({
    ...options,
    events: options.events ?? ["*"],
    mode,
    vars: [...secretVars(options, mode), ...(options.vars ?? [])].map((definition) =>
      varDefinitionSchema.parse(definition),
    ),
    guide: options.guide ?? [],
  });
}

function secretVars(options: WireOptions, mode: WireMode): VarDefinition[] {
  const own = new Set(options.vars?.map((definition) => definition.key));
  if (!options.verify) return [];
  const help = options.verify.secretHelp;
  const definitions: VarDefinition[] = [
    // A managed wire learns its secret from the provider, so nobody is asked for it.
    {
      key: "webhookSecret",
      label: options.verify.secretLabel,
      type: "password",
      secret: true,
      required: mode === "manual",
      ...(help ? { help } : {}),
    },
    {
      key: "webhookSecretPrevious",
      label: "Previous signing secret",
      type: "password",
      secret: true,
      help: "Also accepted while the provider changes over to the new one.",
    },
  ];
  return definitions.filter((definition) => !own.has(definition.key));
}
