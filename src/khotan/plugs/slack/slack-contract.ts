import { defineContract } from "khotan";
import { z } from "zod";

/** What this app asks of Slack. An answer with `ok: false` never gets here: see `slackRefusals`. Source: https://docs.slack.dev/reference/methods */
export const slackContract = defineContract({
  /** Source: https://docs.slack.dev/reference/methods/chat.postMessage */
  chatPostMessage: {
    method: "POST",
    path: "/chat.postMessage",
    summary: "Write to a channel",
    body: z.object({
      /** An id, or a name with `#`. */
      channel: z.string(),
      /** mrkdwn, cut off after 40,000 characters; beside `blocks` it is what notifications show. */
      text: z.string().min(1),
      blocks: z
        .array(z.looseObject({ type: z.string() }))
        .max(50)
        .optional(),
      /** The `ts` of the message to answer. */
      thread_ts: z.string().optional(),
      unfurl_links: z.boolean().optional(),
    }),
    responses: { 200: z.looseObject({ ok: z.literal(true), channel: z.string(), ts: z.string() }) },
  },
  /** Source: https://docs.slack.dev/reference/methods/auth.test */
  authTest: {
    method: "POST",
    path: "/auth.test",
    summary: "See who the token belongs to",
    responses: {
      200: z.looseObject({
        ok: z.literal(true),
        url: z.string(),
        team: z.string(),
        team_id: z.string(),
        user: z.string(),
        user_id: z.string(),
      }),
    },
    // It only reads.
    retry: { methods: ["POST"] },
  },
});
