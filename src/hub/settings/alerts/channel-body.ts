import type { InputFor } from "../../../client/index.ts";
import type { ChannelKind } from "../../../contract/index.ts";

/** The form of a new channel: every field as it is typed. */
export interface ChannelDraft {
  readonly kind: ChannelKind;
  readonly name: string;
  readonly url: string;
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly password: string;
  readonly from: string;
  readonly to: string;
}

export const EMPTY_CHANNEL: ChannelDraft = {
  kind: "slack",
  name: "",
  url: "",
  host: "",
  port: "587",
  user: "",
  password: "",
  from: "",
  to: "",
};

/** What is sent of it: only the fields of its kind, and nothing that was left empty. */
export function channelBody(draft: ChannelDraft): InputFor<"createAlertChannel">["body"] {
  const { kind, name } = draft;
  if (kind !== "email") return { kind, name, config: { url: draft.url.trim() } };
  const to = draft.to
    .split(",")
    .map((address) => address.trim())
    .filter((address) => address !== "");
  return {
    kind,
    name,
    config: {
      host: draft.host.trim(),
      port: Number(draft.port),
      secure: draft.port === "465",
      from: draft.from.trim(),
      to,
      ...(draft.user === "" ? {} : { user: draft.user }),
      ...(draft.password === "" ? {} : { password: draft.password }),
    },
  };
}
