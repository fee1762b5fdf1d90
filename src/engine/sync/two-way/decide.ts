import type { ConflictField, ConflictPolicy, ConflictSide } from "../../../contract/index.ts";
import { canonicalJson } from "../../caches/canonical-json.ts";

export type Fields = Readonly<Record<string, unknown>>;

export interface BothSides {
  /** What both last agreed on; `null` when they never did. */
  readonly base: Fields | null;
  readonly source: Fields;
  readonly platform: Fields;
  readonly sourceAt: string | null;
  readonly platformAt: string | null;
  readonly policy: ConflictPolicy;
}

export interface Decision {
  /** What both sides are to have. */
  readonly merged: Fields;
  /** Fields that both changed, each to another value. */
  readonly conflicts: readonly ConflictField[];
  /** Whose value those were given. */
  readonly winner: Exclude<ConflictSide, "merged">;
}

export const sameFields = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);

/**
 * The three-way comparison, field by field: what one side changed goes to the other; what both changed to the same is
 * agreed; what both changed to something else is in conflict, and the policy decides. Without a base, every field that
 * differs is in conflict.
 */
export function decide({ base, source, platform, sourceAt, platformAt, policy }: BothSides): Decision {
  const winner = winnerOf(policy, sourceAt, platformAt);
  const merged: Record<string, unknown> = {};
  const conflicts: ConflictField[] = [];
  for (const field of new Set([...Object.keys(source), ...Object.keys(platform)])) {
    const [was, theirs, ours] = [fieldIn(base, field), fieldIn(source, field), fieldIn(platform, field)];
    if (sameFields(theirs, ours)) merged[field] = theirs;
    else if (base !== null && sameFields(theirs, was)) merged[field] = ours;
    else if (base !== null && sameFields(ours, was)) merged[field] = theirs;
    else {
      merged[field] = winner === "source" ? theirs : ours;
      conflicts.push({ field, base: was, source: theirs, platform: ours });
    }
  }
  return { merged, conflicts, winner };
}

/** What a side does not have is null to the other: JSON has no other word for it. */
const fieldIn = (fields: Fields | null, field: string): unknown =>
  fields !== null && Object.hasOwn(fields, field) ? (fields[field] ?? null) : null;

/** Times of two clocks are compared as they are; a tie is the source's. */
export function winnerOf(
  policy: ConflictPolicy,
  sourceAt: string | null,
  platformAt: string | null,
): Decision["winner"] {
  if (policy === "source_wins") return "source";
  if (policy === "platform_wins") return "platform";
  return (platformAt ?? "") > (sourceAt ?? "") ? "platform" : "source";
}
