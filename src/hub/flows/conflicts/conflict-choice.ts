import type { ConflictField, ConflictRecord } from "../../../contract/index.ts";

/** Who was given right for one field: a side, or `other` when neither (somebody wrote a third value). */
export type ChosenSide = "source" | "platform" | "other";

/**
 * Whose value a field has, or will have after the next run.
 *
 * @example chosenSide({ value: { note: "b" } }, { field: "note", source: "a", platform: "b" }) // "platform"
 */
export function chosenSide(
  { value, outcome }: Pick<ConflictRecord, "value" | "outcome">,
  { field, source, platform }: Pick<ConflictField, "field" | "source" | "platform">,
): ChosenSide {
  if (value === null || !Object.hasOwn(value, field)) return outcome === "merged" ? "other" : outcome;
  const now = JSON.stringify(value[field] ?? null);
  const [there, here] = [JSON.stringify(source ?? null), JSON.stringify(platform ?? null)];
  if (outcome !== "merged" && now === (outcome === "source" ? there : here)) return outcome;
  if (now === there) return "source";
  return now === here ? "platform" : "other";
}

/** Can a person still choose? Not where one side deleted the record: then there is nothing to merge. */
export const mayChoose = ({ source, platform, value }: Pick<ConflictRecord, "source" | "platform" | "value">) =>
  source !== null && platform !== null && value !== null;

/**
 * What is sent when a value is chosen for one field. The others keep what they were given, also by an earlier choice.
 *
 * @param side a side, or a value of one's own.
 */
export function choiceBody(
  conflict: Pick<ConflictRecord, "fields">,
  { field, source, platform }: ConflictField,
  side: "source" | "platform" | { readonly value: unknown },
): { use: "source" | "platform" | "merged"; value?: Record<string, unknown> } {
  if (typeof side === "string" && conflict.fields.length === 1) return { use: side };
  const value = typeof side === "string" ? (side === "source" ? source : platform) : side.value;
  return { use: "merged", value: { [field]: value ?? null } };
}
