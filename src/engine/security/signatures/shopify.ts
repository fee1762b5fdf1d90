import { hmacScheme } from "./hmac-scheme.ts";
import type { EventIdentity, SignatureScheme } from "./signature-scheme.ts";

/**
 * `X-Shopify-Hmac-Sha256: <base64>`, HMAC-SHA256 over the body.
 *
 * @example wire({ verify: shopifySignature() })
 */
export const shopifySignature = (): SignatureScheme =>
  hmacScheme(
    {
      name: "shopify",
      label: "Shopify",
      secretLabel: "Client secret",
      secretHelp: "Your app, API credentials, Client secret. For webhooks made in the admin: Notifications, Webhooks.",
      sourceUrl: "https://shopify.dev/docs/apps/build/webhooks/subscribe/https",
      identify: identifyShopify,
    },
    {
      algorithm: "sha256",
      encoding: "base64",
      place: { header: "x-shopify-hmac-sha256" },
      template: "{body}",
    },
  );

/**
 * `orders/create` is `orders.create`. The event id is what Shopify asks to recognise
 * duplicates by (https://shopify.dev/docs/apps/build/webhooks/ignore-duplicates); the topic
 * goes with it, because one event may be told under several topics.
 */
function identifyShopify(headers: Readonly<Record<string, string>>): EventIdentity {
  const topic = headers["x-shopify-topic"];
  const eventId = headers["x-shopify-event-id"];
  return {
    type: topic?.replaceAll("/", "."),
    id: eventId === undefined ? headers["x-shopify-webhook-id"] : [topic ?? "", eventId].join(":"),
  };
}
