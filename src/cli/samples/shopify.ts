import type { MadeUp, Sample, SampleProvider } from "./sample.ts";
import { signShopify } from "./sign.ts";

const uuid = ({ id }: MadeUp): string => id.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");

const event =
  (topic: string, body: (id: number, at: string) => object) =>
  (made: MadeUp): Sample => ({
    headers: {
      "x-shopify-topic": topic,
      "x-shopify-shop-domain": "acme.myshopify.com",
      "x-shopify-api-version": "2026-01",
      "x-shopify-webhook-id": uuid(made),
      "x-shopify-event-id": uuid(made),
      "x-shopify-triggered-at": made.at.toISOString(),
    },
    body: body(Number.parseInt(made.id.slice(0, 10), 16), made.at.toISOString()),
  });

const order = (paid: string) => (id: number, at: string) => ({
  id,
  admin_graphql_api_id: `gid://shopify/Order/${id}`,
  name: "#1042",
  email: "ada@acme.example",
  created_at: at,
  updated_at: at,
  currency: "EUR",
  financial_status: paid,
  fulfillment_status: null,
  subtotal_price: "42.00",
  total_price: "42.00",
  customer: { id: 7_001, email: "ada@acme.example", first_name: "Ada", last_name: "L." },
  line_items: [{ id: 1, product_id: 501, variant_id: 601, sku: "MUG-1", title: "Mug", quantity: 2, price: "21.00" }],
});

/** Shapes from https://shopify.dev/docs/api/webhooks, shortened. */
export const shopify: SampleProvider = {
  label: "Shopify",
  sourceUrl: "https://shopify.dev/docs/apps/build/webhooks",
  sign: signShopify,
  events: {
    "orders/create": event("orders/create", order("pending")),
    "orders/paid": event("orders/paid", order("paid")),
    "products/update": event("products/update", (id, at) => ({
      id,
      admin_graphql_api_id: `gid://shopify/Product/${id}`,
      title: "Mug",
      handle: "mug",
      status: "active",
      vendor: "Acme",
      updated_at: at,
      variants: [{ id: 601, sku: "MUG-1", price: "21.00", inventory_quantity: 12 }],
    })),
  },
};
