import { plug } from "khotan";
import { sandboxContract } from "./sandbox/sandbox-contract.ts";
import { sandboxDoors } from "./sandbox/sandbox-doors.ts";

/** Our server says where it started the sandbox. */
const url = process.env.KHOTAN_SANDBOX_URL || `http://127.0.0.1:${process.env.KHOTAN_SANDBOX_PORT || "4010"}`;

/**
 * The small store API that `npm start` brings along, to try things with. It works with no setup: the credentials are public.
 *
 * @example for await (const order of sandbox.callPaged("listOrders")) …
 */
export const sandbox = plug({
  name: "sandbox",
  label: "Sandbox",
  description: "A small store on this machine: products, orders, customers, and webhooks that you can set off.",
  docsUrl: url,
  // A constant, so the guard against private networks lets it pass.
  baseUrl: url,
  auth: (vars) => sandboxDoors[vars.door],
  idempotencyHeader: "Idempotency-Key",
  endpoints: sandboxContract.endpoints,
  vars: [
    {
      key: "door",
      label: "Door",
      type: "select",
      options: [
        { value: "bearer", label: "Bearer token" },
        { value: "apiKey", label: "API key" },
        { value: "oauth", label: "OAuth client credentials" },
      ],
      defaultValue: "bearer",
      help: "How calls prove who they are. Each opens everything.",
    },
    { key: "token", label: "Token", type: "password", required: true, defaultValue: "sandbox-token" },
    { key: "apiKey", label: "API key", type: "password", defaultValue: "sandbox-key" },
    { key: "clientId", label: "Client id", type: "text", defaultValue: "sandbox-client" },
    { key: "clientSecret", label: "Client secret", type: "password", defaultValue: "sandbox-client-secret" },
  ],
});
