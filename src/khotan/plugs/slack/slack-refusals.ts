import type { AfterResponseContext, RetryCandidate } from "khotan";
import { z } from "zod";

const refusal = z.object({ ok: z.literal(false), error: z.string().default("unknown_error") });

/** These came before any work was done, so that a POST may be sent again as well. */
const NOT_DONE = new Set(["ratelimited", "rate_limited", "service_unavailable"]);

/** These will not change by waiting, each with what a person can do. */
const FINAL: Readonly<Record<string, string>> = {
  channel_not_found: "Check the channel's name, and that the app may see it.",
  not_in_channel: "Invite the app into the channel.",
  is_archived: "Choose a channel that is not archived.",
  invalid_auth: "Set a valid bot token.",
  not_authed: "Set a bot token.",
  account_inactive: "The app's user was removed; install the app again and set the new token.",
  token_revoked: "Install the app again and set the new token.",
  token_expired: "Install the app again and set the new token.",
  missing_scope: "Give the app the scope chat:write, install it again and set the new token.",
  restricted_action: "The workspace does not allow this app to write there.",
  no_text: "Give the message a text.",
  msg_too_long: "Shorten the message.",
  invalid_blocks: "Correct the blocks.",
};

/**
 * "200, but not done": whether Slack's answer is worth another attempt whatever the method.
 * Source: https://docs.slack.dev/apis/web-api/rate-limits
 */
export function slackShouldRetry({ status }: RetryCandidate, body: unknown): boolean | undefined {
  if (status === 429) return true;
  const said = refusal.safeParse(body);
  return status < 400 && said.success && NOT_DONE.has(said.data.error) ? true : undefined;
}

/**
 * Slack answers 200 and says in the body what went wrong: make that an error with the code `slack.<error>`. What is not
 * known to be final may pass by waiting. Source: https://docs.slack.dev/apis/web-api/#responses
 */
export function slackRefusals({ response, fail }: Pick<AfterResponseContext<unknown>, "response" | "fail">): void {
  const said = response.status < 400 ? refusal.safeParse(response.body) : null;
  if (!said?.success || NOT_DONE.has(said.data.error)) return;
  const { error } = said.data;
  const hint = Object.hasOwn(FINAL, error) ? FINAL[error] : undefined;
  fail({ code: `slack.${error}`, message: error, retryable: hint === undefined, ...(hint ? { hint } : {}) });
}
