import { stripeSignature, wire } from "khotan";

/** Set up in Stripe by a person. Source: https://docs.stripe.com/webhooks */
export const stripeWire = wire({
  events: ["invoice.*", "customer.*", "charge.*"],
  verify: stripeSignature(),
  guide: [
    { title: "Open Developers, Webhooks in Stripe", text: "Use the account of this tenant." },
    { title: "Add an endpoint with the callback URL", text: "Choose the invoice, customer and charge events." },
    { title: "Paste the signing secret here", text: "It starts with whsec_." },
    { title: "Send a test event from Stripe", text: "The event shows under Events within a second." },
  ],
});
