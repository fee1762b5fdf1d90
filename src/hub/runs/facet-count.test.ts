import { describe, expect, it } from "vitest";
import { facetCount, matchingRuns } from "./facet-count.ts";

const facet = (value: string, count: number, estimated = false) => ({ value, label: value, count, estimated });

describe("a count beside a filter", () => {
  it("is exact, projected, or the end of counting", () => {
    const facets = [facet("a", 1_093), facet("b", 2_300, true), facet("c", 10_000, true)];
    expect(facetCount(facets, "a")).toEqual({ text: "1,093", none: false });
    expect(facetCount(facets, "b")).toEqual({ text: "~2,300", none: false });
    expect(facetCount(facets, "c")).toEqual({ text: "10K+", none: false });
    expect(facetCount(facets, "gone")).toEqual({ text: "0", none: true });
    expect(facetCount(undefined, "a")).toBeUndefined();
  });
});

describe("how many match", () => {
  const facets = [facet("failed", 12), facet("succeeded", 10_000, true), facet("running", 3)];
  it("is the sum of what the status filter lets through", () => {
    expect(matchingRuns(facets, ["failed", "running"])).toEqual({ count: 15, about: false });
    expect(matchingRuns(facets, [])).toEqual({ count: 10_015, about: true });
    expect(matchingRuns(undefined, [])).toBeUndefined();
  });
});
