import type { LogLevel, LogLine } from "../../../contract/index.ts";
import { LOG_LEVELS } from "../../../contract/statuses.ts";

/** Lines that were read with the run and lines that came since, each once, in order. */
export function joinLines(read: readonly LogLine[], since: readonly LogLine[]): readonly LogLine[] {
  if (since.length === 0) return read;
  const seen = new Map<number, LogLine>();
  for (const line of [...read, ...since]) seen.set(line.seq, line);
  return [...seen.values()].toSorted((a, b) => a.seq - b.seq);
}

export interface LogFilter {
  readonly text: string;
  readonly attempt: number | null;
  /** The least level to show. */
  readonly level: LogLevel;
}

export function filterLines(lines: readonly LogLine[], { text, attempt, level }: LogFilter): readonly LogLine[] {
  const words = text.trim().toLowerCase();
  const least = LOG_LEVELS.indexOf(level);
  return lines.filter(
    (line) =>
      LOG_LEVELS.indexOf(line.level) >= least &&
      (attempt === null || line.attempt === attempt) &&
      (words === "" ||
        line.message.toLowerCase().includes(words) ||
        JSON.stringify(line.data ?? "")
          .toLowerCase()
          .includes(words)),
  );
}
