const DAY = 86_400_000;

/**
 * How long ago, in a row: "12 s", "6 min", "2 h", and a date from a day on: "9 Nov", "9 Nov 2025".
 * What lies ahead by clock skew reads "0 s".
 */
export function formatAge(at: number, now: number, locale = "en", timeZone?: string): string {
  const age = Math.max(0, now - at);
  if (age < 60_000) return `${Math.floor(age / 1000)} s`;
  if (age < 3_600_000) return `${Math.floor(age / 60_000)} min`;
  if (age < DAY) return `${Math.floor(age / 3_600_000)} h`;
  return formatDay(at, now, locale, timeZone);
}

/** "9 Nov", with the year when it is not this one. */
export function formatDay(at: number, now: number, locale = "en", timeZone?: string): string {
  const year = (time: number) => format(time, locale, { year: "numeric", timeZone });
  return format(at, locale, {
    day: "numeric",
    month: "short",
    ...(year(at) === year(now) ? {} : { year: "numeric" }),
    timeZone,
  });
}

/** The time of day, "14:32:24" or with milliseconds "14:32:24.090". */
export function formatClock(at: number, locale = "en", options: { ms?: boolean; timeZone?: string } = {}): string {
  return format(at, locale, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    ...(options.ms ? { fractionalSecondDigits: 3 } : {}),
    timeZone: options.timeZone,
  });
}

/** The time of day, led by the date when it was not within the last day. */
export function formatMoment(at: number, now: number, locale = "en", timeZone?: string): string {
  const clock = formatClock(at, locale, { timeZone });
  return Math.abs(now - at) < DAY / 2 || sameDay(at, now, locale, timeZone)
    ? clock
    : `${formatDay(at, now, locale, timeZone)} ${clock}`;
}

/** For a narrow column: seconds today, the date and minutes on other days ("19 Nov 14:32"). */
export function formatRowTime(at: number, now: number, locale = "en", timeZone?: string): string {
  const clock = formatClock(at, locale, { timeZone });
  return sameDay(at, now, locale, timeZone) ? clock : `${formatDay(at, now, locale, timeZone)} ${clock.slice(0, -3)}`;
}

/** For an axis: the time of day without seconds, and the date too when it was not within the last day. */
export function formatMinute(at: number, now: number, locale = "en", timeZone?: string): string {
  const clock = formatClock(at, locale, { timeZone }).slice(0, -3);
  return Math.abs(now - at) <= DAY ? clock : `${formatDay(at, now, locale, timeZone)} ${clock}`;
}

/** Everything about a moment, for a tooltip: local with zone, and UTC. */
export function formatExact(at: number, locale = "en", timeZone?: string): { local: string; utc: string } {
  const day = format(at, locale, { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone });
  const zone =
    new Intl.DateTimeFormat(locale, { timeZoneName: "short", timeZone })
      .formatToParts(at)
      .find(({ type }) => type === "timeZoneName")?.value ?? "";
  return {
    local: `${day}, ${formatClock(at, locale, { ms: true, timeZone })} ${zone}`.trimEnd(),
    utc: `${formatClock(at, locale, { ms: true, timeZone: "UTC" })} UTC`,
  };
}

const sameDay = (a: number, b: number, locale: string, timeZone?: string): boolean =>
  formatDay(a, b, locale, timeZone) === formatDay(b, b, locale, timeZone);

const formatters = new Map<string, Intl.DateTimeFormat>();

function format(at: number, locale: string, options: Intl.DateTimeFormatOptions): string {
  // "en" alone is American to Intl: "Nov 9" and "12:00 AM". The Hub writes "9 Nov" and 24 hours.
  const tag = locale === "en" ? "en-GB" : locale;
  const key = `${tag} ${JSON.stringify(options)}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(tag, options);
    formatters.set(key, formatter);
  }
  return formatter.format(at);
}
