import type { MadeUp, Sample, SampleProvider } from "./sample.ts";
import { signSlack } from "./sign.ts";

const event =
  (inner: (ts: string) => object) =>
  (made: MadeUp): Sample => {
    const time = made.at.getTime() / 1000;
    return {
      headers: { "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)" },
      body: {
        token: "sample",
        team_id: "T0SAMPLE01",
        api_app_id: "A0SAMPLE01",
        type: "event_callback",
        event_id: `Ev${made.id.slice(0, 10).toUpperCase()}`,
        event_time: Math.floor(time),
        authorizations: [{ enterprise_id: null, team_id: "T0SAMPLE01", user_id: "U0SAMPLE02", is_bot: true }],
        event: inner(time.toFixed(6)),
      },
    };
  };

/** Shapes from https://docs.slack.dev/reference/events, shortened. */
export const slack: SampleProvider = {
  label: "Slack",
  sourceUrl: "https://docs.slack.dev/apis/events-api",
  sign: signSlack,
  events: {
    message: event((ts) => ({
      type: "message",
      channel: "C0SAMPLE01",
      channel_type: "channel",
      user: "U0SAMPLE01",
      text: "The till is fixed.",
      ts,
      event_ts: ts,
    })),
    app_mention: event((ts) => ({
      type: "app_mention",
      channel: "C0SAMPLE01",
      user: "U0SAMPLE01",
      text: "<@U0SAMPLE02> is the till fixed?",
      ts,
      event_ts: ts,
    })),
  },
};
