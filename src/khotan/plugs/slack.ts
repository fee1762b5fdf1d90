import { bearer, fromVar, plug } from "khotan";

/** Slack's Web API. Source: https://docs.slack.dev/apis/web-api */
export const slack = plug({
  name: "slack",
  label: "Slack",
  description: "Messages and channels of a workspace.",
  docsUrl: "https://docs.slack.dev/apis/web-api",
  baseUrl: (vars) => vars.baseUrl,
  auth: bearer(fromVar("botToken")),
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
