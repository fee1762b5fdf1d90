import { hmacScheme } from "./hmac-scheme.ts";
import { payloadText } from "./payload-text.ts";
import type { SignatureOptions } from "./signature-options.ts";
import type { SignatureScheme } from "./signature-scheme.ts";

/**
 * `Paddle-Signature: ts=<s>;h1=<hex>[;h1=<hex>]`, HMAC-SHA256 over `{ts}:{body}`.
 *
 * @example wire({ verify: paddleSignature() })
 */
export const paddleSignature = (options: SignatureOptions = {}): SignatureScheme =>
  hmacScheme(
    {
      ...options,
      name: "paddle",
      label: "Paddle",
      secretLabel: "Endpoint secret key",
      secretHelp: "Developer tools, Notifications, your destination, Secret key. It starts with pdl_ntfset_.",
      sourceUrl: "https://developer.paddle.com/webhooks/signature-verification",
      identify: (_, payload) => ({ type: payloadText(payload, "event_type"), id: payloadText(payload, "event_id") }),
    },
    {
      algorithm: "sha256",
      encoding: "hex",
      place: { header: "paddle-signature", separator: ";", field: "h1" },
      time: { field: "ts", separator: ";", unit: "s" },
      template: "{timestamp}:{body}",
    },
  );
