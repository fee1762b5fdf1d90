import { apiKey, fromVar, plug } from "khotan";
import { sandboxContract } from "./sandbox/sandbox-contract.ts";

/** Our server says where it started the sandbox. */
const url = process.env.KHOTAN_SANDBOX_URL || `http://127.0.0.1:${process.env.KHOTAN_SANDBOX_PORT || "4010"}`;

/** The sandbox once more, through another of its doors: somewhere to send things to. */
export const sandboxBoard = plug({
  name: "sandbox-board",
  label: "Sandbox board",
  description: "The sandbox's message board, by API key.",
  docsUrl: url,
  // A constant, so the guard against private networks lets it pass.
  baseUrl: url,
  auth: apiKey("x-api-key", fromVar("apiKey")),
  idempotencyHeader: "Idempotency-Key",
  endpoints: sandboxContract.endpoints,
  vars: [{ key: "apiKey", label: "API key", type: "password", required: true, defaultValue: "sandbox-key" }],
});
