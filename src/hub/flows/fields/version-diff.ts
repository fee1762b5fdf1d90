import type { FieldMappingDefinition, FieldRule } from "../../../contract/index.ts";

export interface RuleChange {
  readonly target: string;
  readonly direction: FieldRule["direction"];
  readonly kind: "added" | "removed" | "changed";
  /** The parts that differ, as JSON. */
  readonly before: string;
  readonly now: string;
}

const identity = ({ target, direction }: FieldRule): string => `${target} ${direction}`;

/** What differs between two versions, field by field. @returns nothing when they do the same */
export function versionDiff(before: FieldMappingDefinition, now: FieldMappingDefinition): RuleChange[] {
  const old = new Map(before.fields.map((rule) => [identity(rule), rule]));
  const young = new Map(now.fields.map((rule) => [identity(rule), rule]));
  const changes: RuleChange[] = [];
  for (const [key, rule] of old) {
    const other = young.get(key);
    if (!other) changes.push({ ...nameOf(rule), kind: "removed", before: text(rule, null), now: "" });
    else if (JSON.stringify(sorted(rule)) !== JSON.stringify(sorted(other))) {
      changes.push({ ...nameOf(rule), kind: "changed", before: text(rule, other), now: text(other, rule) });
    }
  }
  for (const [key, rule] of young) {
    if (!old.has(key)) changes.push({ ...nameOf(rule), kind: "added", before: "", now: text(rule, null) });
  }
  return changes;
}

const nameOf = ({ target, direction }: FieldRule) => ({ target, direction });
const sorted = (rule: FieldRule) => Object.entries(rule).toSorted(([a], [b]) => a.localeCompare(b));

/** The parts of a rule that the other one has not; without another one all that say something. */
function text(rule: FieldRule, other: FieldRule | null): string {
  const theirs = new Map<string, unknown>(Object.entries(other ?? { nulls: "keep", direction: "both" }));
  return sorted(rule)
    .filter(([name, value]) => name !== "target" && JSON.stringify(theirs.get(name)) !== JSON.stringify(value))
    .map(([name, value]) => `${name} ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(", ");
}
