/** One line of a JSON tree. */
export interface TreeRow {
  /** Unique: names from the root, joined by NUL. */
  readonly id: string;
  readonly depth: number;
  /** `null` for items of a list, and for the root. */
  readonly name: string | null;
  readonly value: unknown;
  readonly kind: "leaf" | "open" | "closed" | "end";
  /** Of an object or a list: how many it holds. */
  readonly count: number;
  readonly list: boolean;
  readonly last: boolean;
  readonly path: readonly string[];
  /** Per step of the path: was it an index? */
  readonly arrays: readonly boolean[];
}

/** Which nodes differ from what is open by itself. */
type Toggled = ReadonlySet<string>;

/** Where there are more than this, each begins closed: nobody reads hundreds of open ones. */
const MANY = 200;
const OPEN_LEVELS = 2;

/**
 * The lines of a JSON value that are in sight, as far as they are open: a value of megabytes costs only what is open.
 *
 * @param toggled ids of nodes that a person opened or closed.
 */
export function treeRows(value: unknown, toggled: Toggled): TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (
    name: string | null,
    node: unknown,
    id: string,
    path: readonly string[],
    arrays: readonly boolean[],
    last: boolean,
    crowded: boolean,
  ) => {
    const depth = path.length;
    const list = Array.isArray(node);
    const base = { id, depth, name, value: node, list, last, path, arrays };
    if (typeof node !== "object" || node === null) {
      rows.push({ ...base, kind: "leaf", count: 0 });
      return;
    }
    const keys = list ? null : Object.keys(node);
    const count = list ? node.length : (keys?.length ?? 0);
    const byItself = depth === 0 || (depth < OPEN_LEVELS && count <= MANY && !crowded);
    if (count === 0 || toggled.has(id) === byItself) {
      rows.push({ ...base, kind: "closed", count });
      return;
    }
    rows.push({ ...base, kind: "open", count });
    const kinds = [...arrays, list];
    const children = list ? node.map((child, at) => [String(at), child] as const) : Object.entries(node);
    for (const [index, [key, child]] of children.entries())
      add(list ? null : key, child, `${id}\0${key}`, [...path, key], kinds, index === count - 1, count > MANY);
    rows.push({ ...base, id: `${id}\0`, kind: "end", count });
  };
  add(null, value, "$", [], [], true, false);
  return rows;
}
