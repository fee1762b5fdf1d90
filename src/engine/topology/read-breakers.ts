import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Principal } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { rows } from "../database/adapter.ts";
import { breakers } from "../database/schema/index.ts";
import { seenBy } from "../database/seen-by.ts";
import type { BreakerState } from "./build-topology.ts";

const breakerRow = z.object({ plug: z.string(), half: z.boolean() });

/** Open breakers by plug; of several tenants' the worse one speaks. */
export async function readBreakers(
  engine: Pick<Engine, "adapter">,
  principal: Principal,
): Promise<ReadonlyMap<string, BreakerState>> {
  const found = await rows(
    engine.adapter.db,
    sql`
      select plug, bool_and(probe_token is not null) as half from khotan_breakers
      where open and ${seenBy(principal, breakers.tenant) ?? sql`true`} group by 1
    `,
    breakerRow,
  );
  return new Map(found.map(({ plug, half }) => [plug, half ? "half_open" : "open"]));
}
