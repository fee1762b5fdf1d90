import { hmacScheme } from "./hmac-scheme.ts";
import { payloadText } from "./payload-text.ts";
import type { SignatureOptions } from "./signature-options.ts";
import type { SignatureScheme } from "./signature-scheme.ts";

/**
 * `Stripe-Signature: t=<s>,v1=<hex>[,v1=<hex>]`, HMAC-SHA256 over `{t}.{body}`.
 *
 * @example wire({ verify: stripeSignature() })
 */
export const stripeSignature = (options: SignatureOptions = {}): SignatureScheme =>
  hmacScheme(
    {
      ...options,
      name: "stripe",
      label: "Stripe",
      secretLabel: "Signing secret",
      secretHelp: 'Developers, Webhooks, your endpoint, "Signing secret". It starts with whsec_.',
      sourceUrl: "https://docs.stripe.com/webhooks#verify-manually",
      identify: (_, payload) => ({ type: payloadText(payload, "type"), id: payloadText(payload, "id") }),
    },
    {
      algorithm: "sha256",
      encoding: "hex",
      place: { header: "stripe-signature", separator: ",", field: "v1" },
      time: { field: "t", separator: ",", unit: "s" },
      template: "{timestamp}.{body}",
    },
  );
