import { PermanentError, pass } from "khotan";
import { z } from "zod";

const invoiceEvent = z.object({
  data: z.object({
    object: z.looseObject({
      id: z.string(),
      number: z.string().nullish(),
      amount_due: z.number().nullish(),
      currency: z.string().nullish(),
      customer_email: z.string().nullish(),
      attempt_count: z.number().nullish(),
      hosted_invoice_url: z.string().nullish(),
    }),
  }),
});

const answer = z.object({ ok: z.boolean(), error: z.string().optional() });

/** Slack answers 200 and says in the body what went wrong. These will not change by waiting. */
const PERMANENT = new Set([
  "channel_not_found",
  "not_in_channel",
  "is_archived",
  "invalid_auth",
  "not_authed",
  "token_revoked",
  "missing_scope",
  "no_text",
]);

/**
 * Tells a Slack channel that a payment failed. Source: https://docs.slack.dev/reference/methods/chat.postMessage
 */
export const paymentFailedToSlack = pass({
  name: "payment-failed-to-slack",
  to: "slack",
  events: ["invoice.payment_failed"],
  schema: invoiceEvent,
  async run(ctx) {
    const channel = ctx.destVars.channel;
    if (typeof channel !== "string") {
      throw new PermanentError('Slack\'s variable "channel" is not set.', {
        code: "slack.channel_not_set",
        hint: "Set it under Plugs → Slack, then retry.",
      });
    }
    const body = { channel, text: textOf(ctx.event.data.object) };
    const { ok, error = "unknown_error" } = answer.parse(await ctx.destPlug.post("/chat.postMessage", { body }));
    if (ok) return { channel };
    const code = `slack.${error}`;
    const message =
      error === "channel_not_found" ? `Slack has no channel ${channel}.` : `Slack refused the message: ${error}.`;
    if (PERMANENT.has(error))
      throw new PermanentError(message, { code, hint: "Correct Slack's variables, then retry." });
    throw Object.assign(new Error(message), { code });
  },
});

type Invoice = z.output<typeof invoiceEvent>["data"]["object"];

function textOf(invoice: Invoice): string {
  const amount =
    invoice.amount_due != null && invoice.currency
      ? ` of ${(invoice.amount_due / 100).toFixed(2)} ${invoice.currency.toUpperCase()}`
      : "";
  const who = invoice.customer_email ? ` by ${invoice.customer_email}` : "";
  const tries = invoice.attempt_count ? ` (attempt ${invoice.attempt_count})` : "";
  const link = invoice.hosted_invoice_url ? `\n${invoice.hosted_invoice_url}` : "";
  return `Payment${amount}${who} failed${tries}: invoice ${invoice.number ?? invoice.id}.${link}`;
}
