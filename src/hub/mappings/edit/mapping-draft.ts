import type { MappingRecord } from "../../../contract/index.ts";
import { parseJson } from "../../parts/parse-json.ts";

/** What somebody types into a mapping. */
export interface MappingDraft {
  readonly connect: Readonly<Record<string, string>>;
  readonly refs: readonly { readonly key: string; readonly plug: string; readonly ref: string }[];
  /** JSON, an object. */
  readonly metadata: string;
}

export interface MappingChange {
  readonly connect?: Record<string, string>;
  readonly refs?: Record<string, string | null>;
  readonly metadata?: Record<string, unknown>;
}

export type MappingProblem =
  | { readonly at: "connect" | "refs"; readonly name: string; readonly why: "empty" | "twice" | "plug" }
  | { readonly at: "metadata"; readonly name: ""; readonly why: "json" };

export function draftMapping({
  connect,
  refs,
  metadata,
}: Pick<MappingRecord, "connect" | "refs" | "metadata">): MappingDraft {
  return {
    connect,
    refs: Object.entries(refs).map(([plug, ref]) => ({ key: plug, plug, ref })),
    metadata: Object.keys(metadata).length === 0 ? "" : JSON.stringify(metadata, null, 2),
  };
}

/**
 * What differs from what is stored, as `PATCH` takes it: what was taken away is `null`, what stayed is left out.
 *
 * @returns the first thing that cannot be sent, else the change, which may be empty
 */
export function mappingChange(
  stored: Pick<MappingRecord, "connect" | "refs" | "metadata">,
  draft: MappingDraft,
): { readonly problem: MappingProblem } | { readonly problem: null; readonly change: MappingChange } {
  for (const [name, value] of Object.entries(draft.connect)) {
    if (value.trim() === "") return { problem: { at: "connect", name, why: "empty" } };
  }
  const refs = new Map<string, string>();
  for (const { key, plug, ref } of draft.refs) {
    if (!/^[a-z][a-z0-9-]{0,62}$/.test(plug)) return { problem: { at: "refs", name: key, why: "plug" } };
    if (ref.trim() === "") return { problem: { at: "refs", name: key, why: "empty" } };
    if (refs.has(plug)) return { problem: { at: "refs", name: key, why: "twice" } };
    refs.set(plug, ref.trim());
  }
  const metadata = parseJson(draft.metadata);
  const isObject =
    metadata.ok &&
    (metadata.value === undefined ||
      (typeof metadata.value === "object" && metadata.value !== null && !Array.isArray(metadata.value)));
  if (!isObject) return { problem: { at: "metadata", name: "", why: "json" } };
  const connect = Object.fromEntries(Object.entries(draft.connect).map(([name, value]) => [name, value.trim()]));
  const changedRefs = difference(stored.refs, Object.fromEntries(refs));
  const now = Object.fromEntries(Object.entries(metadata.ok ? (metadata.value ?? {}) : {}));
  const changedMetadata = difference(stored.metadata, now);
  return {
    problem: null,
    change: {
      ...(same(stored.connect, connect) ? {} : { connect }),
      ...(Object.keys(changedRefs).length === 0 ? {} : { refs: changedRefs }),
      ...(Object.keys(changedMetadata).length === 0 ? {} : { metadata: changedMetadata }),
    },
  };
}

/** What is new or other, and `null` for what is gone. */
function difference<V>(
  before: Readonly<Record<string, V>>,
  now: Readonly<Record<string, V>>,
): Record<string, V | null> {
  const changed: Record<string, V | null> = {};
  for (const [name, value] of Object.entries(now)) if (!same(before[name], value)) changed[name] = value;
  for (const name of Object.keys(before)) if (!Object.hasOwn(now, name)) changed[name] = null;
  return changed;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
