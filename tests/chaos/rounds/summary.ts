import type { RoundsReport } from "./run-rounds.ts";

/** One column of the summary. */
export interface Played {
  readonly who: string;
  readonly report: RoundsReport;
}

/** What of several rounds belongs together: their scenarios' names up to what differs. */
export const kindOf = (scenario: string): string => scenario.split(/[:,]/)[0] ?? scenario;

/**
 * A run's figures as tables, ready for docs/reliability.md: one column for each cast.
 *
 * @example console.log(summary([{ who: "the app", report }]));
 */
export function summary(played: readonly Played[]): string {
  const row = (title: string, of: (report: RoundsReport) => string | number) => [
    title,
    ...played.map(({ report }) => String(of(report))),
  ];
  const figures = [
    row("rounds; different troubles", (r) => `${r.rounds}; ${new Set(r.names).size}`),
    row("events accepted; deliveries, replays included", (r) => `${count(r.events)}; ${count(r.deliveries)}`),
    row("attempts; of these cut short; calls outside", (r) =>
      [r.attempts, r.cutShort, r.calls].map((n) => count(n)).join("; "),
    ),
    row("processes killed with -9; restarts of the database", (r) => `${r.kills}; ${r.restarts}`),
    row("connections broken; clock steps; full disks", (r) => `${r.broken}; ${r.clockSteps}; ${r.fullDisks}`),
    row("refused for a full queue; poison bodies", (r) => `${r.refused}; ${r.poison}`),
    row("from the end of the trouble to the end of all work", (r) => recovery(r.recoveriesMs)),
    row("violations", (r) => (r.violations.length === 0 ? "none" : r.violations.length)),
  ];
  const kinds = [...new Set(played.flatMap(({ report }) => report.names.map(kindOf)))].sort();
  const byKind = kinds.map((kind) => row(kind, (r) => r.names.filter((name) => kindOf(name) === kind).length || "–"));
  const columns = played.map(({ who }) => who);
  return `${table(["Measured", ...columns], figures)}\n\n${table(["Rounds of each trouble", ...columns], byKind)}`;
}

const count = (n: number): string => n.toLocaleString("en-US");

/** Half of them, nineteen of twenty and all took no longer than this. */
function recovery(recoveriesMs: readonly number[]): string {
  const sorted = recoveriesMs.toSorted((a, b) => a - b);
  const at = (share: number) => {
    const ms = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
    return `${(ms / 1000).toFixed(1)} s`;
  };
  return `median ${at(0.5)}, p95 ${at(0.95)}, slowest ${at(1)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}
