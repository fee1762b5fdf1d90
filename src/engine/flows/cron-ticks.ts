import { Cron } from "croner";

/**
 * The times a schedule fires at, after a given one. Pure.
 *
 * Where clocks change, by croner's rules: a fixed time that does not exist that day (02:30 in spring) fires at the end
 * of the gap, one that exists twice (02:30 in autumn) fires once, the first time; patterns that repeat (every hour, every
 * 10 minutes) fire by the time that passes, so neither skip nor repeat an hour.
 *
 * @param after milliseconds since the epoch; the first tick is later than this.
 * @example cronTicks("0 9 * * 1", "Europe/Berlin", Date.now(), 5)
 */
export function cronTicks(cron: string, timeZone: string, after: number, count: number): number[] {
  return parse(cron, timeZone)
    .nextRuns(count, new Date(after))
    .map((date) => date.getTime());
}

/** The first tick after a time; `null` when there is none. */
export const nextTick = (cron: string, timeZone: string, after: number): number | null =>
  cronTicks(cron, timeZone, after, 1)[0] ?? null;

/** Why this schedule cannot be, or `null`. */
export function describeCronProblem(cron: string, timeZone: string, now: number): string | null {
  // Only patterns: croner would take a date, too.
  if (!/^(@[a-z]+|\S+(\s+\S+){4,5})$/.test(cron.trim())) {
    return `"${cron}" is no schedule: five fields (minute hour day month weekday), or six with seconds first.`;
  }
  try {
    return nextTick(cron, timeZone, now) === null ? `"${cron}" never comes.` : null;
  } catch (error) {
    return `"${cron}": ${error instanceof Error ? error.message.replace(/^CronPattern: /, "") : "it cannot be read"}`;
  }
}

/** Whether the zone is one that this process knows. */
export function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return true;
  } catch {
    return false;
  }
}

const parse = (cron: string, timeZone: string): Cron =>
  new Cron(cron, { timezone: timeZone, mode: "5-or-6-parts", paused: true });
