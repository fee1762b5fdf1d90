import { resource } from "khotan";

/** One customer, known to the sandbox and to Stripe by other ids and to both by the same address. */
export const customerResource = resource({ name: "customers", label: "Customers", connectField: "email" });
