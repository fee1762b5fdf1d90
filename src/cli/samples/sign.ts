import { createHmac } from "node:crypto";
import type { MadeUp } from "./sample.ts";

const hmac = (secret: string | Uint8Array, ...parts: readonly (string | Uint8Array)[]) => {
  const sum = createHmac("sha256", secret);
  for (const part of parts) sum.update(part);
  return sum;
};

const seconds = ({ at }: MadeUp): string => String(Math.floor(at.getTime() / 1000));

/** https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries */
export const signGithub = (body: Uint8Array, secret: string) => ({
  "x-hub-signature-256": `sha256=${hmac(secret, body).digest("hex")}`,
});

/** https://docs.stripe.com/webhooks#verify-manually */
export const signStripe = (body: Uint8Array, secret: string, made: MadeUp) => ({
  "stripe-signature": `t=${seconds(made)},v1=${hmac(secret, `${seconds(made)}.`, body).digest("hex")}`,
});

/** https://docs.slack.dev/authentication/verifying-requests-from-slack */
export const signSlack = (body: Uint8Array, secret: string, made: MadeUp) => ({
  "x-slack-request-timestamp": seconds(made),
  "x-slack-signature": `v0=${hmac(secret, `v0:${seconds(made)}:`, body).digest("hex")}`,
});

/** https://shopify.dev/docs/apps/build/webhooks/subscribe/https */
export const signShopify = (body: Uint8Array, secret: string) => ({
  "x-shopify-hmac-sha256": hmac(secret, body).digest("base64"),
});

/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
export const signStandard = (body: Uint8Array, secret: string, made: MadeUp) => {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const id = `msg_${made.id}`;
  return {
    "webhook-id": id,
    "webhook-timestamp": seconds(made),
    "webhook-signature": `v1,${hmac(key, `${id}.${seconds(made)}.`, body).digest("base64")}`,
  };
};
