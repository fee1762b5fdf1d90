import { Webhook } from "standardwebhooks";

/**
 * The three headers of Standard Webhooks for one attempt. Several secrets give several signatures, parted by spaces,
 * so that a receiver may change its secret at its own time.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signWebhook(message: { id: string; sentAt: Date; body: string; secrets: readonly string[] }) {
  const { id, sentAt, body, secrets } = message;
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(sentAt.getTime() / 1_000)),
    "webhook-signature": secrets.map((secret) => new Webhook(secret).sign(id, sentAt, body)).join(" "),
  };
}
