import { hmacScheme } from "./hmac-scheme.ts";
import { identifyBatch } from "./identify-batch.ts";
import { payloadText } from "./payload-text.ts";
import type { SignatureOptions } from "./signature-options.ts";
import type { SignatureScheme } from "./signature-scheme.ts";

/**
 * `X-HubSpot-Signature-v3: <base64>`, HMAC-SHA256 over `{method}{url}{body}{time}`,
 * time in milliseconds.
 *
 * @example wire({ verify: hubspotSignatureV3() })
 */
export const hubspotSignatureV3 = (options: SignatureOptions = {}): SignatureScheme =>
  hmacScheme(
    {
      ...options,
      name: "hubspot-v3",
      label: "HubSpot",
      secretLabel: "Client secret",
      secretHelp: "Your app, Auth, Client secret.",
      sourceUrl:
        "https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation",
      identify: (_, payload) => identifyBatch(payload, (item) => payloadText(item, "subscriptionType"), eventKey),
    },
    {
      algorithm: "sha256",
      encoding: "base64",
      place: { header: "x-hubspot-signature-v3" },
      time: { header: "x-hubspot-request-timestamp", unit: "ms" },
      template: "{method}{url}{body}{timestamp}",
      urls: (url) => [decodeAsHubspot(url), url],
    },
  );

/** HubSpot signs the URL with these decoded, and with everything else as it was sent. */
const DECODED = /%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi;
const decodeAsHubspot = (url: string): string => url.replace(DECODED, (code) => decodeURIComponent(code));

/** HubSpot says of its eventId that it is not guaranteed to be unique; `attemptNumber` must stay out. */
function eventKey(item: unknown): string | undefined {
  const eventId = payloadText(item, "eventId");
  if (eventId === undefined) return undefined;
  const rest = ["subscriptionId", "objectId", "occurredAt"].map((name) => payloadText(item, name) ?? "");
  return [eventId, ...rest].join(":");
}
