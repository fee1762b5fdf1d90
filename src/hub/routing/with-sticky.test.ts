import { describe, expect, it } from "vitest";
import { withSticky } from "./with-sticky.ts";

describe("withSticky", () => {
  it.each([
    ["/", "", false, ""],
    ["/runs", "?tenant=acme&q=x", false, "/runs?tenant=acme"],
    ["/runs/run_1", "?status=failed&tenant=acme", true, "/runs/run_1?status=failed&tenant=acme"],
    ["/runs?tenant=beta", "?tenant=acme", false, "/runs?tenant=beta"],
    ["/runs?status=failed,partial", "", false, "/runs?status=failed,partial"],
  ])("%s with %s", (to, search, keepAll, expected) => {
    expect(withSticky(to, search, keepAll)).toBe(expected);
  });
});
