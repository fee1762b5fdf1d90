import { type SQL, sql } from "drizzle-orm";
import type { BulkColumn, BulkTable } from "./describe-table.ts";
import type { EncodedGroup, EncodedRows } from "./encode-page.ts";
import { rowsSource } from "./rows-source.ts";

export interface UpsertShape {
  readonly key: readonly BulkColumn[];
  /** Written for new rows only. */
  readonly excludeOnUpdate: ReadonlySet<string>;
  /** Written, but no reason to write. */
  readonly notCompared: ReadonlySet<string>;
  /** Of a partial unique index. */
  readonly where?: SQL | undefined;
  /** Columns to give back of every row that was written. */
  readonly returning?: readonly BulkColumn[] | undefined;
  /** The database finds the records of one key itself: two that differ as text may be one to it. */
  readonly distinct?: "first" | "last" | undefined;
}

/**
 * One statement for thousands of records.
 *
 * A row that is there already is written only when a value differs, so a sync
 * that changes nothing writes nothing. Each record ends in exactly one of three
 * ways, also beside others that write the same rows: its row was not there
 * (`xmax` is 0), it was there and differed (`on conflict` has locked it, and
 * says so in `xmax`), or it is not returned at all, because nothing differed.
 * The comparison is made on the locked row, so it is true at that moment.
 */
export function upsertStatement(table: BulkTable, group: EncodedGroup, rows: EncodedRows, shape: UpsertShape): SQL {
  const { columns } = group;
  const names = columns.map((column) => column.quoted).join(", ");
  const written = columns.filter(
    (column) => !shape.key.includes(column) && !group.onlyNew.has(column) && !shape.excludeOnUpdate.has(column.field),
  );
  const compared = written.filter((column) => !group.stamps.has(column) && !shape.notCompared.has(column.field));
  const conflict = shape.key.map((column) => column.quoted).join(", ");
  const set = written.map(({ quoted }) => `${quoted} = excluded.${quoted}`).join(", ");
  const differs = compared
    .map(
      ({ quoted, comparable }) =>
        `${comparable(`khotan_t.${quoted}`)} is distinct from ${comparable(`excluded.${quoted}`)}`,
    )
    .join(" or ");
  const action = compared.length === 0 ? "do nothing" : `do update set ${set} where ${differs}`;
  const back = (shape.returning ?? []).map((column, at) => `, khotan_t.${column.quoted} as r${at}`).join("");
  return sql`
    insert into ${sql.raw(`${table.quoted} as khotan_t (${names})`)}
    select ${sql.raw(sources(columns, shape))}
    from ${rowsSource(columns, rows, shape.distinct !== undefined)}
    ${sql.raw(shape.distinct ? order(columns, shape) : "")}
    on conflict (${sql.raw(conflict)}) ${shape.where ? sql`where ${shape.where}` : sql``} ${sql.raw(action)}
    returning (khotan_t.xmax = 0) as created${sql.raw(back)}
  `;
}

const sources = (columns: readonly BulkColumn[], shape: UpsertShape): string => {
  const list = columns.map((_, at) => `c${at}`).join(", ");
  return shape.distinct ? `distinct on (${keySources(columns, shape)}) ${list}` : list;
};

/** As the column will have them: `numeric(12,2)` makes one of 1.001 and 1.002. */
const keySources = (columns: readonly BulkColumn[], shape: UpsertShape): string =>
  shape.key.map((column) => `c${columns.indexOf(column)}::${column.type}`).join(", ");

const order = (columns: readonly BulkColumn[], shape: UpsertShape): string =>
  `order by ${keySources(columns, shape)}, ord ${shape.distinct === "first" ? "asc" : "desc"}`;

/** How many different keys the database sees among these records. */
export function countKeys(group: EncodedGroup, rows: EncodedRows, shape: UpsertShape): SQL {
  return sql`
    select count(*)::int as keys from (
      select distinct ${sql.raw(keySources(group.columns, shape))} from ${rowsSource(group.columns, rows)}
    ) khotan_k
  `;
}

/** How many rows a statement made and changed, without sending a row for each. */
export const counted = (statement: SQL): SQL => sql`
  with written as (${statement})
  select count(*) filter (where created)::int as created, (count(*) filter (where not created))::int as updated from written
`;
