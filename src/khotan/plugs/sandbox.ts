import { bearer, fromVar, plug } from "khotan";

/** Our server says where it started the sandbox. */
const url = process.env.KHOTAN_SANDBOX_URL || `http://127.0.0.1:${process.env.KHOTAN_SANDBOX_PORT || "4010"}`;

/** The small store API that `npm start` brings along, to try things with. */
export const sandbox = plug({
  name: "sandbox",
  label: "Sandbox",
  description: "A small store on this machine: products, orders, customers, and webhooks that you can set off.",
  docsUrl: url,
  // A constant, so the guard against private networks lets it pass.
  baseUrl: url,
  auth: bearer(fromVar("token")),
  vars: [{ key: "token", label: "Token", type: "password", required: true, defaultValue: "sandbox-token" }],
});
