import { slackSignature, wire } from "khotan";

/** Set up in a Slack app by a person. Source: https://docs.slack.dev/apis/events-api */
export const slackWire = wire({
  events: ["*"],
  verify: slackSignature(),
  guide: [
    { title: "Paste the app's signing secret here and connect", text: "Basic Information → App Credentials." },
    {
      title: "Open Event Subscriptions in the Slack app",
      text: "Switch them on and give the callback URL; Slack checks it at once.",
    },
    { title: "Subscribe to bot events", text: "For example message.channels, then reinstall the app." },
  ],
});
