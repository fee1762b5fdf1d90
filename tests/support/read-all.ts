import { expect } from "vitest";
import { encodeId, type IdKind } from "../../src/contract/index.ts";
import type { FilledRow } from "./fill-tables.ts";
import type { HttpHub, Who } from "./http-hub.ts";

/** Ids as a list must give them. */
export const newestFirst = (kind: IdKind, rows: readonly FilledRow[]): string[] =>
  rows
    .map((row) => encodeId(kind, row.id))
    .sort()
    .reverse();

/** Ids of every page of a list, read as a script would. */
export async function readAll(
  hub: HttpHub,
  path: string,
  query: Readonly<Record<string, string | number>> = {},
  who: Who = "admin",
): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | null = String(query.cursor ?? "");
  for (let pages = 0; cursor !== null; pages++) {
    const search = new URLSearchParams(
      Object.entries({ ...query, cursor }).map(([key, value]) => [key, String(value)]),
    );
    const answer = await hub.send(who, "GET", `${path}?${search}`);
    expect(answer.status).toBe(200);
    found.push(...answer.json.items.map((item: { id: string }) => item.id));
    cursor = answer.json.page.next;
    expect(pages).toBeLessThan(1_000);
  }
  return found;
}
