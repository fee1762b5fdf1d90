import { pgTable, text } from "drizzle-orm/pg-core";
import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import { KhotanConfigError } from "../errors.ts";
import type { PageState } from "../plugs/index.ts";
import { sync } from "./sync.ts";
import type { SyncReport } from "./sync-options.ts";

const table = pgTable("rows", { tenant: text("tenant"), id: text("id").primaryKey(), goneAt: text("gone_at") });
const read = () => ({ items: [{ id: "1", at: "2026-01-01T00:00:00Z", gone: false }] });
const write = async () => ({});
const into = { table, key: "id" as const, map: () => null };

/** The paths that are complained about. */
function wrong(make: () => unknown): string[] {
  try {
    make();
    return [];
  } catch (error) {
    return error instanceof KhotanConfigError ? error.issues.map(({ path }) => path) : [String(error)];
  }
}

describe("what is inferred", () => {
  test("the token of a page is what `token` says, else a plug's walk; nothing is any", () => {
    const shown = sync({
      token: z.string(),
      read: ({ cursor, since }) => {
        expectTypeOf(cursor).toEqualTypeOf<string | undefined>();
        expectTypeOf(since).toEqualTypeOf<Date | null>();
        return { items: [{ id: "1", n: 1 }], next: "2" };
      },
      key: ({ id, n }) => {
        expectTypeOf(n).toEqualTypeOf<number>();
        return id;
      },
      write: async (batch) => {
        expectTypeOf(batch).toEqualTypeOf<readonly { id: string; n: number }[]>();
        return {};
      },
    });
    expectTypeOf(shown).returns.resolves.toEqualTypeOf<SyncReport>();
    sync({
      read: ({ cursor }) => {
        expectTypeOf(cursor).toEqualTypeOf<PageState | undefined>();
        return { items: [{ id: "1" }] };
      },
      key: "id",
      write,
    });
    // @ts-expect-error: a page's `next` is of the type that `token` says
    sync({ token: z.number(), read: ({ cursor: _ }) => ({ items: [{ id: "1" }], next: "2" }), key: "id", write });
    // @ts-expect-error: the records have no such field
    sync({ read, key: "sku", write });
  });
});

describe("a sync", () => {
  test("names every mistake when it is made, and not when it runs", () => {
    expect(wrong(() => sync({ read, key: "id" }))).toEqual(["sync.write"]);
    expect(wrong(() => sync({ read, key: "id", write, send: write }))).toEqual(["sync.write"]);
    expect(wrong(() => sync({ read, key: "id", write, direction: "out" }))).toEqual(["sync.direction"]);
    expect(wrong(() => sync({ read, key: "id", write, cursor: "updated_at" }))).toEqual(["sync.updatedAt"]);
    expect(wrong(() => sync({ read, key: "id", write, conflict: "source_wins" }))).toEqual(["sync.conflict"]);
    expect(wrong(() => sync({ read, key: "id", write, deletes: "remove" }))).toEqual(["sync.deletes", "sync.remove"]);
    expect(wrong(() => sync({ read, key: "id", write: into, mode: "full", deletes: "mark" }))).toEqual([
      "sync.write.mark",
    ]);
    const both = { ...into, key: ["tenant", "id"] as const };
    expect(wrong(() => sync({ read, key: "id", write: both, mode: "full", deletes: "remove" }))).toEqual([
      "sync.write.rowOf",
    ]);
    expect(wrong(() => sync({ read, key: "id", send: write, mode: "full", deletes: "remove" }))).toEqual([
      "sync.sendDeletes",
    ]);
    expect(wrong(() => sync({ read, key: "id", write, overlapMs: -1, maxDeletedShare: 2 }))).toEqual([
      "sync.overlapMs",
      "sync.maxDeletedShare",
    ]);
    expect(wrong(() => sync({ read, key: "id", write: into, mode: "full", deletes: "remove" }))).toEqual([]);
  });
});
