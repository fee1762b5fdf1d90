import type { Principal } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { KhotanError } from "../errors.ts";
import { identify } from "./access-gate.ts";

/** Would this request still be let in as the same principal? For answers that last longer than a session might. */
export async function stillMay(
  engine: Pick<Engine, "authorize">,
  principal: Principal,
  request: Request,
): Promise<boolean> {
  try {
    const now = await identify(engine, request);
    return now.id === principal.id && now.role === principal.role && String(now.tenants) === String(principal.tenants);
  } catch (error) {
    if (error instanceof KhotanError) return false;
    throw error;
  }
}
