import { hmacScheme } from "./hmac-scheme.ts";
import { payloadFormJson, payloadText } from "./payload-text.ts";
import type { SignatureOptions } from "./signature-options.ts";
import type { EventIdentity, SignatureScheme } from "./signature-scheme.ts";

/** Slack's signature alone: the handshake checks itself with it, and `slackSignature` adds the handshake. */
export const slackScheme = (options: SignatureOptions = {}): SignatureScheme =>
  hmacScheme(
    {
      ...options,
      name: "slack",
      label: "Slack",
      secretLabel: "Signing secret",
      secretHelp: "api.slack.com, your app, Basic Information, App Credentials, Signing Secret.",
      sourceUrl: "https://docs.slack.dev/authentication/verifying-requests-from-slack",
      identify: identifySlack,
    },
    {
      algorithm: "sha256",
      encoding: "hex",
      place: { header: "x-slack-signature", prefix: "v0=" },
      time: { header: "x-slack-request-timestamp", unit: "s" },
      template: "v0:{timestamp}:{body}",
    },
  );

/** Events API; else buttons and modals, which send JSON in a form field; else slash commands, which send a form. */
function identifySlack(_: unknown, payload: unknown): EventIdentity {
  const eventType = payloadText(payload, "event", "type");
  if (eventType !== undefined) return { type: eventType, id: payloadText(payload, "event_id") };
  const interaction = payloadFormJson(payload, "payload");
  const from = interaction === undefined ? payload : interaction;
  const type = payloadText(from, "type") ?? (payloadText(from, "command") === undefined ? undefined : "slash_command");
  return { type, id: payloadText(from, "event_id") ?? payloadText(from, "trigger_id") };
}
