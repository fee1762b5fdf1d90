import { z } from "zod";
import { encodeId, type MappingRecord } from "../../contract/index.ts";

/** Raw SQL gives times as text: one spelling for both drivers. */
export const mappingRow = z.object({
  id: z.string(),
  resource: z.string(),
  tenant: z.string(),
  connect_key: z.string(),
  connect: z.string(),
  metadata: z.string(),
  refs: z.string().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type MappingRow = z.infer<typeof mappingRow>;

/** Of `khotan_mappings m`; drivers read jsonb and times differently, all read text. */
export const MAPPING_COLUMNS = `
  m.id::text, m.resource, m.tenant, m.connect_key, m.connect::text, m.metadata::text,
  (select jsonb_object_agg(r.plug, r.ref)::text from khotan_mapping_refs r where r.mapping_id = m.id) as refs,
  to_char(m.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as created_at,
  to_char(m.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as updated_at
`;

const texts = z.record(z.string(), z.string());

export const mappingRecord = (row: MappingRow): MappingRecord => ({
  id: encodeId("mapping", row.id),
  resource: row.resource,
  tenant: row.tenant,
  connect: texts.parse(JSON.parse(row.connect)),
  refs: row.refs === null ? {} : texts.parse(JSON.parse(row.refs)),
  metadata: z.record(z.string(), z.unknown()).parse(JSON.parse(row.metadata)),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});
