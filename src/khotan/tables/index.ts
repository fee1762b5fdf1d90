/** This app's own tables. */
export { githubActivity } from "./github-activity.ts";
export { githubIssues } from "./github-issues.ts";
export { sandboxCustomers } from "./sandbox-customers.ts";
export { sandboxOrders } from "./sandbox-orders.ts";
export { sandboxProducts } from "./sandbox-products.ts";
export { stripeCustomers } from "./stripe-customers.ts";
export { stripeInvoiceHistory, stripeInvoices } from "./stripe-invoices.ts";
