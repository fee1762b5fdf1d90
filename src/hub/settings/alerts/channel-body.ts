import type { InputFor } from "../../../client/index.ts";
import type { AlertChannel, QuietHours } from "../../../contract/index.ts";

/** How a new channel is reached: Slack has two ways. */
export type ChannelWay = "slack" | "slackBot" | "email" | "webhook";
export const CHANNEL_WAYS: readonly ChannelWay[] = ["slack", "slackBot", "email", "webhook"];

/** The form of a channel: every field as it is typed. */
export interface ChannelDraft {
  readonly way: ChannelWay;
  readonly name: string;
  readonly url: string;
  /** Of a webhook; empty: one is made. */
  readonly secret: string;
  readonly plug: string;
  readonly tenant: string;
  readonly room: string;
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly password: string;
  readonly from: string;
  readonly to: string;
  readonly quiet: boolean;
  readonly quietFrom: string;
  readonly quietTo: string;
  readonly timeZone: string;
  readonly criticalPasses: boolean;
}

export const emptyChannel = (timeZone: string): ChannelDraft => ({
  way: "slack",
  name: "",
  url: "",
  secret: "",
  plug: "slack",
  tenant: "default",
  room: "",
  host: "",
  port: "587",
  user: "",
  password: "",
  from: "",
  to: "",
  quiet: false,
  quietFrom: "22:00",
  quietTo: "07:00",
  timeZone,
  criticalPasses: true,
});

/** What of a channel can be changed without telling its secrets again. */
export const draftOfChannel = (channel: AlertChannel, timeZone: string): ChannelDraft => {
  const { quietHours } = channel;
  return {
    ...emptyChannel(timeZone),
    way: channel.kind,
    name: channel.name,
    quiet: quietHours !== null,
    ...(quietHours && { quietFrom: quietHours.from, quietTo: quietHours.to, timeZone: quietHours.timeZone }),
    criticalPasses: channel.criticalPasses,
  };
};

/** When it is left in peace; `null` for never. */
const quietHoursOf = (draft: ChannelDraft): QuietHours | null =>
  draft.quiet ? { from: draft.quietFrom, to: draft.quietTo, timeZone: draft.timeZone.trim() } : null;

const common = (draft: ChannelDraft) => ({
  name: draft.name.trim(),
  quietHours: quietHoursOf(draft),
  criticalPasses: draft.criticalPasses,
});

/** What is sent of a new one: only the fields of its kind, and nothing that was left empty. */
export function channelBody(draft: ChannelDraft): InputFor<"createAlertChannel">["body"] {
  const url = draft.url.trim();
  const secret = draft.secret.trim();
  const some = common(draft);
  switch (draft.way) {
    case "slack":
      return { ...some, kind: "slack", config: { url } };
    case "webhook":
      return { ...some, kind: "webhook", config: { url, ...(secret === "" ? {} : { secret }) } };
    case "slackBot": {
      const tenant = draft.tenant.trim() || "default";
      return { ...some, kind: "slack", config: { plug: draft.plug.trim(), tenant, channel: draft.room.trim() } };
    }
    case "email":
      return { ...some, kind: "email", config: mailConfig(draft) };
  }
}

/** What is sent of a changed one: how it is reached stays. */
export const channelPatch = (draft: ChannelDraft): InputFor<"updateAlertChannel">["body"] => common(draft);

const mailConfig = (draft: ChannelDraft) => ({
  host: draft.host.trim(),
  port: Number(draft.port),
  secure: draft.port === "465",
  from: draft.from.trim(),
  to: draft.to
    .split(",")
    .map((address) => address.trim())
    .filter((address) => address !== ""),
  ...(draft.user === "" ? {} : { user: draft.user }),
  ...(draft.password === "" ? {} : { password: draft.password }),
});
