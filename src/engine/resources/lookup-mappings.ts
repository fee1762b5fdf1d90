import { sql } from "drizzle-orm";
import { z } from "zod";
import type { ConnectValue, MappingRecord } from "../../contract/index.ts";
import { type Executor, rows } from "../database/adapter.ts";
import { KhotanError } from "../errors.ts";
import { connectOf } from "./connect-key.ts";
import { MAPPING_COLUMNS, mappingRecord, mappingRow } from "./mapping-record.ts";
import type { Resource } from "./resource.ts";
import { MOST_AT_ONCE } from "./upsert-mappings.ts";

const numbered = mappingRow.extend({ i: z.number() });

/** Mappings by connect value, in order; `null` where there is none. One statement. */
export async function lookupByConnect(
  executor: Pick<Executor, "execute">,
  resource: Resource,
  tenant: string,
  connects: readonly ConnectValue[],
): Promise<(MappingRecord | null)[]> {
  const keys = connects.map((connect, index) => connectOf(resource, connect, `connect[${index}]`).key);
  return await inOrder(
    keys,
    executor,
    sql`
      select (k.i - 1)::int as i, ${sql.raw(MAPPING_COLUMNS)}
      from jsonb_array_elements_text(${asked(keys)}::text::jsonb) with ordinality as k(key, i)
      join khotan_mappings m on m.resource = ${resource.name} and m.tenant = ${tenant} and m.connect_key = k.key
    `,
  );
}

/** Mappings by what the records are called at a plug, in order; `null` where there is none. One statement. */
export async function lookupByRef(
  executor: Pick<Executor, "execute">,
  resource: Resource,
  tenant: string,
  plug: string,
  refs: readonly (string | number | bigint)[],
): Promise<(MappingRecord | null)[]> {
  const wanted = refs.map((ref) => String(ref).trim());
  return await inOrder(
    wanted,
    executor,
    sql`
      select (k.i - 1)::int as i, ${sql.raw(MAPPING_COLUMNS)}
      from jsonb_array_elements_text(${asked(wanted)}::text::jsonb) with ordinality as k(ref, i)
      join khotan_mapping_refs f
        on f.resource = ${resource.name} and f.tenant = ${tenant} and f.plug = ${plug} and f.ref = k.ref
      join khotan_mappings m on m.id = f.mapping_id
    `,
  );
}

async function inOrder(
  asked: readonly string[],
  executor: Pick<Executor, "execute">,
  query: ReturnType<typeof sql>,
): Promise<(MappingRecord | null)[]> {
  const answer: (MappingRecord | null)[] = asked.map(() => null);
  if (asked.length === 0) return answer;
  for (const { i, ...row } of await rows(executor, query, numbered)) answer[i] = mappingRecord(row);
  return answer;
}

function asked(texts: readonly string[]): string {
  if (texts.length > MOST_AT_ONCE) {
    throw new KhotanError("validation_failed", `At most ${MOST_AT_ONCE.toLocaleString("en")} at once.`);
  }
  // What cannot be stored cannot be found either.
  return JSON.stringify(texts.map((text) => text.replaceAll("\u0000", "\ufffd").toWellFormed()));
}
