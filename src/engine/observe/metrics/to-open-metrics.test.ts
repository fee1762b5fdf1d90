import { expect, test } from "vitest";
import { toOpenMetrics } from "./to-open-metrics.ts";

const CLASSIC = `# HELP hits_total Hits.
# TYPE hits_total counter
hits_total{plug="a_total b"} 3

# HELP size_total Not a counter.
# TYPE size_total gauge
size_total 1
`;

test("names a counter's family without _total and marks the end", () => {
  expect(toOpenMetrics(CLASSIC)).toBe(`# HELP hits Hits.
# TYPE hits counter
hits_total{plug="a_total b"} 3
# HELP size_total Not a counter.
# TYPE size_total gauge
size_total 1
# EOF
`);
});

test("says the end of nothing too", () => {
  expect(toOpenMetrics("\n")).toBe("# EOF\n");
});
