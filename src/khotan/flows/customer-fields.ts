import type { z } from "zod";
import type { sandboxCustomer, sandboxTombstone } from "../plugs/sandbox/store-records.ts";

type SandboxCustomer = Pick<z.output<typeof sandboxCustomer>, "email" | "firstName" | "lastName" | "company">;

/** What the sandbox and we share of a customer; the flow compares it, and the catch knows its echoes by it. */
export function customerFields(record: SandboxCustomer | z.output<typeof sandboxTombstone>) {
  // Of one that was deleted there is nothing left to compare.
  const { email = "", firstName = "", lastName = "", company = null } = "email" in record ? record : {};
  return { email, firstName, lastName, company };
}
