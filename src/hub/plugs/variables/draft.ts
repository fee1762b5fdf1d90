import type { VariableField, VariablesPatch } from "../../../contract/index.ts";

/** What a person has typed and not yet saved. A key that is missing is unchanged; `null` clears. */
export type Draft = VariablesPatch;
export type DraftValue = Draft[string];

/**
 * Put a typed value into the draft. Going back to what is stored takes the key out again, so that
 * "Save 2 changes" counts changes and not touches.
 */
export function changeDraft(draft: Draft, field: VariableField, value: DraftValue): Draft {
  const rest = dropFromDraft(draft, field.key);
  // An emptied secret field means "I did not mean to"; a stored secret is cleared by its own button, with `null`.
  if (field.secret && value === "") return rest;
  const cleared = value === null || value === "";
  const unchanged = cleared ? !field.set : !field.secret && field.set && value === field.value;
  return unchanged ? rest : { ...rest, [field.key]: cleared ? null : value };
}

/** Take a key out of the draft: leave it as it is stored. */
export function dropFromDraft(draft: Draft, key: string): Draft {
  const { [key]: _, ...rest } = draft;
  return rest;
}

export type FieldProblem = "required" | "notUrl" | "notNumber";

/** What is wrong with a field before the server is asked; `null` when nothing is. */
export function fieldProblem(field: VariableField, draft: Draft): FieldProblem | null {
  if (!(field.key in draft)) return null;
  const value = draft[field.key];
  if (value === null || value === undefined || value === "") return field.required ? "required" : null;
  if (field.type === "url" && typeof value === "string" && !isHttpUrl(value)) return "notUrl";
  if (field.type === "number" && typeof value !== "number") return "notNumber";
  return null;
}

/** What the server complained about, by field: `webhookSecret` and `vars.webhookSecret` are the same field. */
export function issuesByKey(
  issues: readonly { readonly path: string; readonly message: string }[],
): ReadonlyMap<string, string> {
  return new Map(issues.map(({ path, message }) => [path.replace(/^vars\./, ""), message]));
}

function isHttpUrl(text: string): boolean {
  const url = URL.parse ? URL.parse(text) : tryUrl(text);
  return url !== null && (url.protocol === "http:" || url.protocol === "https:");
}

function tryUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
