import { bearer, fromVar, plug } from "khotan";
import { slackContract } from "./slack/slack-contract.ts";
import { slackRefusals, slackShouldRetry } from "./slack/slack-refusals.ts";

/**
 * Slack's Web API. Source: https://docs.slack.dev/apis/web-api
 *
 * @example await slack.call("chatPostMessage", { body: { channel: "#billing", text: "Paid." } });
 * @throws PlugHttpError with the code `slack.<error>` for an answer with `ok: false`
 */
export const slack = plug({
  name: "slack",
  label: "Slack",
  description: "Messages and channels of a workspace.",
  docsUrl: "https://docs.slack.dev/apis/web-api",
  baseUrl: (vars) => vars.baseUrl,
  auth: bearer(fromVar("botToken")),
  // One message a second for a channel, and we write to one; short bursts are allowed.
  // Source: https://docs.slack.dev/apis/web-api/rate-limits
  rateLimit: { perSecond: 1, burst: 5 },
  retry: { shouldRetry: slackShouldRetry },
  hooks: { afterResponse: slackRefusals },
  endpoints: slackContract.endpoints,
  vars: [
    {
      key: "botToken",
      label: "Bot token",
      type: "password",
      required: true,
      help: "OAuth & Permissions → Bot User OAuth Token. It starts with xoxb-.",
    },
    {
      key: "channel",
      label: "Channel",
      type: "text",
      required: true,
      help: "Where messages go, e.g. #billing. The app must be a member.",
    },
    { key: "baseUrl", label: "Base URL", type: "url", defaultValue: "https://slack.com/api" },
  ],
});
