/** Signature schemes: how a provider proves that a webhook is its own. */
export { githubSignature } from "./github.ts";
export { type HmacSignatureOptions, hmacSignature } from "./hmac-signature.ts";
export { hubspotSignatureV3 } from "./hubspot.ts";
export { linearSignature } from "./linear.ts";
export { paddleSignature } from "./paddle.ts";
export { sendgridSignature } from "./sendgrid.ts";
export { shopifySignature } from "./shopify.ts";
export type { SignatureInput } from "./signature-input.ts";
export type { SignatureOptions } from "./signature-options.ts";
export type {
  EventIdentity,
  SignatureScheme,
  SignatureVerdict,
  SignOptions,
  VerifyOptions,
} from "./signature-scheme.ts";
export { slackSignature } from "./slack.ts";
export { squareSignature } from "./square.ts";
export { standardWebhooks } from "./standard-webhooks.ts";
export { stripeSignature } from "./stripe.ts";
export { twilioSignature } from "./twilio.ts";
export { verifySignature } from "./verify-signature.ts";
