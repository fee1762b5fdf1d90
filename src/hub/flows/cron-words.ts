import cronstrue from "cronstrue";
import "cronstrue/locales/de.js";

/**
 * A schedule in words: "At 33 minutes past the hour".
 *
 * @returns the cron text itself when it cannot be told in words.
 */
export function cronWords(cron: string, locale: string): string {
  try {
    return cronstrue.toString(cron, { locale, use24HourTimeFormat: true });
  } catch {
    return cron;
  }
}
