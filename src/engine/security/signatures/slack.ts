import { slackUrlVerification } from "../handshakes/slack-url-verification.ts";
import type { SignatureOptions } from "./signature-options.ts";
import type { SignatureScheme } from "./signature-scheme.ts";
import { slackScheme } from "./slack-scheme.ts";

/**
 * `X-Slack-Signature: v0=<hex>`, HMAC-SHA256 over `v0:{time}:{body}`. Answers
 * Slack's `url_verification` by default.
 *
 * @example wire({ verify: slackSignature() })
 */
export const slackSignature = (options: SignatureOptions = {}): SignatureScheme => ({
  ...slackScheme(options),
  handshake: slackUrlVerification(options),
});
