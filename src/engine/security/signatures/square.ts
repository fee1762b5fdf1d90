import { hmacScheme } from "./hmac-scheme.ts";
import { payloadText } from "./payload-text.ts";
import type { SignatureScheme } from "./signature-scheme.ts";

/**
 * `X-Square-HmacSha256-Signature: <base64>`, HMAC-SHA256 over `{url}{body}`.
 *
 * @example wire({ verify: squareSignature() })
 */
export const squareSignature = (): SignatureScheme =>
  hmacScheme(
    {
      name: "square",
      label: "Square",
      secretLabel: "Signature key",
      secretHelp: "Developer Console, your application, Webhooks, your subscription, Signature key.",
      sourceUrl: "https://developer.squareup.com/docs/webhooks/step3validate",
      identify: (_, payload) => ({ type: payloadText(payload, "type"), id: payloadText(payload, "event_id") }),
    },
    {
      algorithm: "sha256",
      encoding: "base64",
      place: { header: "x-square-hmacsha256-signature" },
      template: "{url}{body}",
    },
  );
