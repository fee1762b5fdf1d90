import type { EventDetail, NewEventInput } from "../../../contract/index.ts";

/** What a person types for a copy of an event. */
export interface EventDraft {
  readonly type: string;
  readonly body: string;
  readonly json: boolean;
}

/** The draft to begin with. @param text the body as text, when it is not JSON. */
export function draftOf(event: Pick<EventDetail, "type" | "payload" | "contentType">, text: string): EventDraft {
  const json = event.payload !== null && event.payload !== undefined && /json/.test(event.contentType ?? "json");
  return { type: event.type, body: json ? JSON.stringify(event.payload, null, 2) : text, json };
}

export type DraftCheck =
  | { readonly ok: true; readonly input: NewEventInput }
  | { readonly ok: false; readonly field: "type" | "body"; readonly line: number | null; readonly message: string };

/** What would be sent, or why it cannot be; a mistake in JSON is told with its line where the engine tells its place. */
export function checkDraft(draft: EventDraft, resendOf: string): DraftCheck {
  if (draft.type.trim() === "") return { ok: false, field: "type", line: null, message: "" };
  const type = draft.type.trim();
  if (!draft.json) return { ok: true, input: { resendOf, type, body: { text: draft.body } } };
  try {
    const json: NonNullable<unknown> | null = JSON.parse(draft.body);
    return { ok: true, input: { resendOf, type, body: { json } } };
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    return { ok: false, field: "body", line: lineOf(message, draft.body), message };
  }
}

function lineOf(message: string, text: string): number | null {
  const named = /line (\d+)/.exec(message);
  if (named) return Number(named[1]);
  const at = /position (\d+)/.exec(message);
  if (at) return text.slice(0, Number(at[1])).split("\n").length;
  return /end of JSON/.test(message) ? text.split("\n").length : null;
}
