/** What was typed as days: a number, `null` for ever (nothing typed), `undefined` when it is neither. */
export function readDays(text: string): number | null | undefined {
  if (text.trim() === "") return null;
  const days = Number(text.trim().replace(",", "."));
  return Number.isFinite(days) && days >= 1 / 24 && days <= 36_500 ? days : undefined;
}
