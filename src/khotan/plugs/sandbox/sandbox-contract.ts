import { defineContract } from "khotan";
import { eventEndpoints } from "./event-endpoints.ts";
import { storeEndpoints } from "./store-endpoints.ts";

/** What this app asks of the sandbox. Source: src/sandbox/README.md */
export const sandboxContract = defineContract({ ...storeEndpoints, ...eventEndpoints });
