import { and, eq } from "drizzle-orm";
import { decodeId, type ExchangeDetail, type Principal } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { exchanges } from "../database/schema/index.ts";
import { seenBy } from "../database/seen-by.ts";
import { KhotanError } from "../errors.ts";
import { exchangeDetail } from "./exchange-record.ts";

/** One outbound call with everything that is kept of it. @throws KhotanError `not_found`, also when retention removed it */
export async function readExchange(
  engine: Pick<Engine, "adapter">,
  principal: Principal,
  id: string,
): Promise<ExchangeDetail> {
  const uuid = decodeId("exchange", id);
  const [row] = uuid
    ? await engine.adapter.db
        .select()
        .from(exchanges)
        .where(and(eq(exchanges.id, uuid), seenBy(principal, exchanges.tenant)))
    : [];
  if (row) return exchangeDetail(row);
  throw new KhotanError("not_found", `There is no exchange "${id}".`, {
    hint: "Exchanges are kept for some days only; GET /exchanges lists them.",
  });
}
