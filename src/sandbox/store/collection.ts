/** What the store itself adds to every record. */
export interface Stamp {
  id: string;
  /** 1 at creation, one more with each change; the ETag is this number in quotes. */
  version: number;
  createdAt: string;
  updatedAt: string;
}

/** What stays of a deleted record, so that a client can learn of the deletion later. */
export interface Tombstone {
  id: string;
  deleted: true;
  version: number;
  updatedAt: string;
  deletedAt: string;
}

export type Row<Fields extends object> = Fields & Stamp;

export type Change<Fields extends object> =
  | { action: "created"; record: Row<Fields> }
  | { action: "updated"; record: Row<Fields>; previous: Row<Fields> }
  | { action: "deleted"; record: Tombstone };

/** How a read or write by id can end. */
export type Outcome<Record> =
  | { outcome: "ok"; record: Record }
  | { outcome: "missing" }
  | { outcome: "deleted"; record: Tombstone }
  | { outcome: "stale"; version: number };

export interface ListFilter {
  /** Only what changed at or after this time (inclusive, as a client would rather see one twice than miss it). */
  updatedSince?: string;
  includeDeleted?: boolean;
  sort: "id" | "updatedAt";
}

export interface Collection<Fields extends object> {
  readonly size: number;
  list(filter: ListFilter): (Row<Fields> | Tombstone)[];
  rows(): Row<Fields>[];
  get(id: string): Outcome<Row<Fields>>;
  create(fields: Fields): Row<Fields>;
  /** `change` gets the current row and returns all fields. One that changes nothing makes no version and no event. */
  update(id: string, change: (row: Row<Fields>) => Fields, ifVersion?: number): Outcome<Row<Fields>>;
  remove(id: string, ifVersion?: number): Outcome<Tombstone>;
  /** Puts a record in without telling anybody: for the seed. */
  seed(fields: Fields, at: { createdAt: string; updatedAt: string }): Row<Fields>;
}

const byText = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);

/**
 * One kind of record in memory. Ids count up (`prd_000001`), so their text order is their age.
 *
 * @example
 * const products = createCollection<ProductFields>({ prefix: "prd", now: () => new Date(), onChange: console.log });
 */
export function createCollection<Fields extends object>(options: {
  prefix: string;
  now: () => Date;
  onChange: (change: Change<Fields>) => void;
}): Collection<Fields> {
  const live = new Map<string, Row<Fields>>();
  const dead = new Map<string, Tombstone>();
  let count = 0;

  const insert = (fields: Fields, createdAt: string, updatedAt: string) => {
    count += 1;
    const id = `${options.prefix}_${String(count).padStart(6, "0")}`;
    const row: Row<Fields> = { ...fields, id, version: 1, createdAt, updatedAt };
    live.set(id, row);
    return row;
  };

  const get = (id: string): Outcome<Row<Fields>> => {
    const row = live.get(id);
    if (row) return { outcome: "ok", record: row };
    const tombstone = dead.get(id);
    return tombstone ? { outcome: "deleted", record: tombstone } : { outcome: "missing" };
  };

  return {
    get size() {
      return live.size;
    },
    get,
    rows: () => [...live.values()],
    seed: (fields, at) => insert(fields, at.createdAt, at.updatedAt),
    list({ updatedSince, includeDeleted, sort }) {
      const all: (Row<Fields> | Tombstone)[] = [...live.values(), ...(includeDeleted ? dead.values() : [])];
      const since = updatedSince ?? "";
      return all
        .filter((row) => row.updatedAt >= since)
        .sort((a, b) => (sort === "updatedAt" ? byText(a.updatedAt, b.updatedAt) : 0) || byText(a.id, b.id));
    },
    create(fields) {
      const at = options.now().toISOString();
      const record = insert(fields, at, at);
      options.onChange({ action: "created", record });
      return record;
    },
    update(id, change, ifVersion) {
      const found = get(id);
      if (found.outcome !== "ok") return found;
      const previous = found.record;
      if (ifVersion !== undefined && ifVersion !== previous.version)
        return { outcome: "stale", version: previous.version };
      const { version, createdAt } = previous;
      const changed = { ...previous, ...change(previous), id, version, createdAt, updatedAt: previous.updatedAt };
      if (JSON.stringify(changed) === JSON.stringify(previous)) return found;
      const record = { ...changed, version: version + 1, updatedAt: options.now().toISOString() };
      live.set(id, record);
      options.onChange({ action: "updated", record, previous });
      return { outcome: "ok", record };
    },
    remove(id, ifVersion) {
      const found = get(id);
      if (found.outcome !== "ok") return found;
      if (ifVersion !== undefined && ifVersion !== found.record.version)
        return { outcome: "stale", version: found.record.version };
      const at = options.now().toISOString();
      const record: Tombstone = { id, deleted: true, version: found.record.version + 1, updatedAt: at, deletedAt: at };
      live.delete(id);
      dead.set(id, record);
      options.onChange({ action: "deleted", record });
      return { outcome: "ok", record };
    },
  };
}
