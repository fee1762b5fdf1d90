import { drizzleAdapter, khotan } from "khotan/factory";
import { authorize, people } from "@/server/auth";
import { database } from "@/server/database";
import { keepGithubActivity } from "./catches/keep-github-activity.ts";
import { keepSandboxCustomers } from "./catches/keep-sandbox-customers.ts";
import { keepSandboxOrders } from "./catches/keep-sandbox-orders.ts";
import { recordInvoices } from "./catches/record-invoices.ts";
import { productFields } from "./field-mappings/product-fields.ts";
import { customers } from "./flows/customers.ts";
import { githubIssuesIn } from "./flows/github-issues.ts";
import { orders } from "./flows/orders.ts";
import { ordersToBoard } from "./flows/orders-to-board.ts";
import { products } from "./flows/products.ts";
import { stripeCustomersIn } from "./flows/stripe-customers.ts";
import { stripeInvoicesIn } from "./flows/stripe-invoices.ts";
import { orderPaidToBoard } from "./passes/order-paid-to-board.ts";
import { paymentFailedToSlack } from "./passes/payment-failed-to-slack.ts";
import { github } from "./plugs/github.ts";
import { sandbox } from "./plugs/sandbox.ts";
import { sandboxBoard } from "./plugs/sandbox-board.ts";
import { slack } from "./plugs/slack.ts";
import { stripe } from "./plugs/stripe.ts";
import { customerResource } from "./resources/customers.ts";
import { githubWire } from "./wires/github-wire.ts";
import { sandboxWire } from "./wires/sandbox-wire.ts";
import { slackWire } from "./wires/slack-wire.ts";
import { stripeWire } from "./wires/stripe-wire.ts";

const { db, url } = database();

/** What this app integrates. To add a plug: one file in each folder it needs, and a line here. */
export default khotan({
  adapter: drizzleAdapter(db, { url }),
  authorize,
  people,
  resources: [customerResource],
  fieldMappings: [productFields],
  plugs: [
    { plug: github, wires: [githubWire], catches: [keepGithubActivity], flows: [githubIssuesIn] },
    {
      plug: sandbox,
      wires: [sandboxWire],
      catches: [keepSandboxCustomers, keepSandboxOrders],
      passes: [orderPaidToBoard],
      flows: [customers, orders, ordersToBoard, products],
    },
    { plug: sandboxBoard },
    { plug: slack, wires: [slackWire] },
    {
      plug: stripe,
      wires: [stripeWire],
      catches: [recordInvoices],
      passes: [paymentFailedToSlack],
      flows: [stripeCustomersIn, stripeInvoicesIn],
    },
  ],
});
