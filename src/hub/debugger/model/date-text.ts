const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?$/;

/** `2026-12-01`, and a day that exists. */
export function isDate(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return DATE.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

export const isTime = (text: string): boolean => TIME.test(text);

/** ISO 8601 with a zone: `2026-12-01T08:30:00Z`, `…+01:00`. */
export function isDateTime(text: string): boolean {
  const parts = /^([\d-]+)T([\d:.]+)(Z|[+-]\d\d:\d\d)$/.exec(text);
  return parts !== null && isDate(parts[1] ?? "") && isTime(parts[2] ?? "");
}

/** What a picker of the browser shows for a date and time: local, to the second. Empty when it is none yet. */
export function toPicker(text: string): string {
  if (!isDateTime(text)) return "";
  const at = new Date(text);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

/** What was picked, in UTC. */
export function fromPicker(text: string): string {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? "" : at.toISOString().replace(/\.000Z$/, "Z");
}
