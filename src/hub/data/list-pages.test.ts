import { expect, it, vi } from "vitest";
import { morePages, retryPages } from "./list-pages.ts";

const query = (failed: boolean) => ({
  hasNextPage: true,
  isFetchingNextPage: false,
  isFetchNextPageError: failed,
  fetchNextPage: vi.fn(async () => undefined),
  refetch: vi.fn(async () => undefined),
});

it("does not read on by itself after a page that failed, and tries only that one again", () => {
  expect(morePages(query(false)).has).toBe(true);
  const failed = query(true);
  expect(morePages(failed).has).toBe(false);
  retryPages(failed);
  expect([failed.fetchNextPage.mock.calls.length, failed.refetch.mock.calls.length]).toEqual([1, 0]);
  const whole = query(false);
  retryPages(whole);
  expect([whole.fetchNextPage.mock.calls.length, whole.refetch.mock.calls.length]).toEqual([0, 1]);
});
