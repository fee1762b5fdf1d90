/**
 * Turn Prometheus' text format into OpenMetrics 1.0: a counter's family is named without `_total`, its samples with it;
 * there are no empty lines, and the end is marked so that half an answer is noticed.
 *
 * prom-client's own OpenMetrics mode renames the counters for good, so that the next scrape in the other format would
 * find them under a wrong name.
 *
 * Source: https://prometheus.io/docs/specs/om/open_metrics_spec/ (counters §5.1, end of file §4.1)
 */
export function toOpenMetrics(text: string): string {
  const counters = new Set([...text.matchAll(/^# TYPE (\S+)_total counter$/gm)].map(([, name]) => name));
  const lines = text.split("\n").filter((line) => line !== "");
  const renamed = lines.map((line) => {
    const [, kind = "", family = "", rest = ""] = /^# (HELP|TYPE) (\S+)_total (.*)$/.exec(line) ?? [];
    return counters.has(family) ? `# ${kind} ${family} ${rest}` : line;
  });
  return [...renamed, "# EOF", ""].join("\n");
}
