/** This app's own tables. */
export { githubActivity } from "./github-activity.ts";
export { sandboxOrders } from "./sandbox-orders.ts";
export { stripeInvoiceHistory, stripeInvoices } from "./stripe-invoices.ts";
