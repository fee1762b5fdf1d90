import { expect, it } from "vitest";
import { newRows } from "./new-rows.ts";

interface Row {
  readonly id: string;
  readonly at: string;
  status: "running" | "done";
}

const at = (second: number) => new Date(Date.UTC(2026, 0, 1) + second * 1_000).toISOString();

/** A list as the hub answers it: newest first, a page of two at a time. */
function hubOf(rows: Row[]) {
  const asked: (string | undefined)[] = [];
  const reader = newRows<Row>(
    async ({ since, cursor }) => {
      if (cursor === undefined) asked.push(since);
      const found = rows.filter((row) => since === undefined || row.at >= since).sort((a, b) => (a.at < b.at ? 1 : -1));
      const from = Number(cursor ?? 0);
      const next = from + 2 < found.length ? String(from + 2) : null;
      return { items: found.slice(from, from + 2), page: { next } };
    },
    (row) => row.at,
    (row) => `${row.id} ${row.status}`,
    (row) => ({ id: row.id, open: row.status === "running" }),
  );
  const read = async () => (await reader.read()).map(({ id, status }) => `${id} ${status}`);
  return { reader, read, asked };
}

it("hands out what is new, oldest first, over all pages, and each once", async () => {
  const rows: Row[] = [{ id: "a", at: at(0), status: "done" }];
  const { reader, read } = hubOf(rows);
  await reader.start();
  expect(await read()).toEqual([]);
  for (let n = 1; n <= 5; n++) rows.push({ id: `b${n}`, at: at(n), status: "done" });
  expect(await read()).toEqual(["b1 done", "b2 done", "b3 done", "b4 done", "b5 done"]);
  expect(await read()).toEqual([]);
});

it("finds a row that was committed after a newer one", async () => {
  const rows: Row[] = [{ id: "a", at: at(100), status: "done" }];
  const { reader, read } = hubOf(rows);
  await reader.start();
  rows.push({ id: "late", at: at(95), status: "done" });
  expect(await read()).toEqual(["late done"]);
});

it("tells the end of what began long before, and does not read back further than it must", async () => {
  const slow: Row = { id: "slow", at: at(0), status: "running" };
  const rows = [slow];
  const { reader, read, asked } = hubOf(rows);
  await reader.start();
  rows.push({ id: "b", at: at(300), status: "done" });
  expect(await read()).toEqual(["b done"]);
  slow.status = "done";
  expect(await read()).toEqual(["slow done"]);
  rows.push({ id: "c", at: at(400), status: "done" });
  expect(await read()).toEqual(["c done"]);
  await read();
  expect(asked.at(-1)).toBe(at(390));
});
