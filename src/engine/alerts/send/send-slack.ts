import { z } from "zod";
import { bindPlug } from "../../connections/bind-plug.ts";
import type { Engine } from "../../context.ts";
import { type AlertMessage, linesOf, titleOf } from "../alert-message.ts";
import type { ChannelConfig } from "../channel-config.ts";
import { postJson } from "./post-json.ts";

type SlackConfig = Extract<ChannelConfig, { kind: "slack" }>["config"];

/** Of a section's text. Source: https://docs.slack.dev/reference/block-kit/blocks/section-block */
const MAX_TEXT = 2_900;

/**
 * Tell a Slack channel, by an incoming webhook or as the bot that a plug signs in as.
 *
 * Sources: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks,
 * https://docs.slack.dev/reference/methods/chat.postMessage
 *
 * @throws Error when it was not taken
 */
export async function sendSlack(engine: Engine, config: SlackConfig, message: AlertMessage): Promise<void> {
  const content = slackContent(message);
  if ("url" in config) {
    await postJson(engine, config.url, JSON.stringify(content));
    return;
  }
  const { plug } = await bindPlug(engine, config.plug, config.tenant, { source: "health" });
  const { body } = await plug.request("POST", "/chat.postMessage", { body: { channel: config.channel, ...content } });
  const answer = answerSchema.parse(body);
  if (!answer.ok) throw new Error(`Slack refused the message: ${answer.error ?? "no reason given"}.`);
}

/** Slack answers 200 also when it refuses. */
const answerSchema = z.object({ ok: z.boolean(), error: z.string().optional() });

/** `text` is what notifications on a phone show. */
export function slackContent(message: AlertMessage): { text: string; blocks: unknown[] } {
  const title = escaped(titleOf(message));
  const lines = linesOf(message).map((line) => (message.kind === "summary" ? `• ${escaped(line)}` : escaped(line)));
  const text = `*${title}*\n${lines.join("\n")}`.slice(0, MAX_TEXT);
  return { text: title, blocks: [{ type: "section", text: { type: "mrkdwn", text } }] };
}

/** Source: https://docs.slack.dev/messaging/formatting-message-text#escaping */
const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
