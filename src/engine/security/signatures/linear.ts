import { hmacScheme } from "./hmac-scheme.ts";
import { payloadText } from "./payload-text.ts";
import type { SignatureInput } from "./signature-input.ts";
import type { SignatureOptions } from "./signature-options.ts";
import type { EventIdentity, SignatureScheme } from "./signature-scheme.ts";

/**
 * `Linear-Signature: <hex>`, HMAC-SHA256 over the body, which holds the time
 * as `webhookTimestamp` in milliseconds.
 *
 * @example wire({ verify: linearSignature() })
 */
export const linearSignature = (options: SignatureOptions = {}): SignatureScheme =>
  hmacScheme(
    {
      ...options,
      name: "linear",
      label: "Linear",
      secretLabel: "Signing secret",
      secretHelp: "Settings, API, Webhooks, your webhook, Signing secret.",
      sourceUrl: "https://linear.app/developers/webhooks#securing-webhooks",
      identify: identifyLinear,
    },
    {
      algorithm: "sha256",
      encoding: "hex",
      place: { header: "linear-signature" },
      time: { bodyField: "webhookTimestamp", unit: "ms", stamp: stampBody },
      template: "{body}",
    },
  );

/** An `Issue` with action `create` is `Issue.create`. */
function identifyLinear(headers: Readonly<Record<string, string>>, payload: unknown): EventIdentity {
  const kind = payloadText(payload, "type") ?? headers["linear-event"];
  const action = payloadText(payload, "action");
  return {
    type: kind !== undefined && action !== undefined ? `${kind}.${action}` : kind,
    id: headers["linear-delivery"],
  };
}

function stampBody(input: SignatureInput, timestamp: string): SignatureInput {
  const parsed: unknown = JSON.parse(Buffer.from(input.body).toString("utf8"));
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw new TypeError("Linear signs a JSON object, which holds the time.");
  }
  return { ...input, body: Buffer.from(JSON.stringify({ ...parsed, webhookTimestamp: Number(timestamp) })) };
}
