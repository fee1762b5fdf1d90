import { createPlugClient, PermanentError, PlugHttpError, pass } from "khotan";
import { z } from "zod";
import { slackContract } from "../plugs/slack/slack-contract.ts";

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

/**
 * Tells a Slack channel that a payment failed. What Slack will refuse tomorrow too is not tried again.
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
    const slack = createPlugClient(slackContract, ctx.destPlug);
    try {
      await slack.chatPostMessage({ body: { channel, text: textOf(ctx.event.data.object) } });
    } catch (error) {
      throw isFinal(error) ? refused(error, channel) : error;
    }
    return { channel };
  },
});

/** Slack's own refusals have codes; an HTTP status may be repaired while the schedule lasts. */
const isFinal = (error: unknown): error is PlugHttpError =>
  error instanceof PlugHttpError && error.code.startsWith("slack.") && !error.retryable;

function refused(error: PlugHttpError, channel: string): PermanentError {
  const { code, hint } = error;
  const reason = code.slice("slack.".length);
  const message =
    reason === "channel_not_found" ? `Slack has no channel ${channel}.` : `Slack refused the message: ${reason}.`;
  return new PermanentError(message, { code, hint: `${hint} Then retry.` });
}

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
