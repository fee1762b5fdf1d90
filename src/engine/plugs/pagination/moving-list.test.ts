import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pagination, plug } from "../index.ts";
import { json, localServer } from "../testing/local-server.ts";

/** A list by offset that changes before some of its pages are answered. */
async function moving() {
  const at = { list: [] as number[], page: 0, change: (_page: number): void => undefined };
  const server = await localServer((request, response) => {
    const query = new URL(request.url, "http://list.example").searchParams;
    at.change(at.page++);
    const from = Number(query.get("offset"));
    json(
      response,
      200,
      at.list.slice(from, from + Number(query.get("limit"))).map((id) => ({ id })),
    );
  });
  const bound = plug({ name: "list", baseUrl: server.url }).bind({ tenant: "t", vars: {} });
  const walk = async (limit: number, overlap: number) => {
    at.page = 0;
    const items = await bound
      .paginate<{ id: number }>("/list", { pagination: pagination.offset({ limit, overlap }) })
      .all();
    return items.map(({ id }) => id);
  };
  return { at, walk, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

const numbers = (count: number) => Array.from({ length: count }, (_, id) => id);

describe("a list by offset that moves while it is read", () => {
  it("loses an item beside one that was deleted, and none with an overlap", async () => {
    await using api = await moving();
    const lost = async (overlap: number) => {
      api.at.list = numbers(10);
      api.at.change = (page) => {
        if (page === 1) api.at.list.splice(2, 1);
      };
      const seen = await api.walk(5, overlap);
      return numbers(10).filter((id) => !seen.includes(id));
    };
    expect(await lost(0)).toEqual([5]);
    expect(await lost(1)).toEqual([]);
  });

  it("gives what comes in at the front as a repetition of what stood there", async () => {
    await using api = await moving();
    api.at.list = numbers(8);
    api.at.change = (page) => {
      if (page === 1) api.at.list.unshift(99);
    };
    expect(await api.walk(4, 0)).toEqual([0, 1, 2, 3, 3, 4, 5, 6, 7]);
  });

  it("with an overlap gives every item that stays, whatever goes between two pages", async () => {
    await using api = await moving();
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 2, max: 8 }),
        fc.integer({ min: 1, max: 7 }),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.nat(29)), { maxLength: 6 }),
        async (total, limit, overlap, deletions) => {
          api.at.list = numbers(total);
          api.at.change = (page) => {
            for (const [when, id] of deletions) {
              if (when === page) api.at.list = api.at.list.filter((one) => one !== id);
            }
          };
          const seen = new Set(await api.walk(limit, Math.min(overlap, limit - 1)));
          const gone = new Set(deletions.map(([, id]) => id));
          expect(numbers(total).filter((id) => !gone.has(id) && !seen.has(id))).toEqual([]);
        },
      ),
      {
        numRuns: 200,
        examples: [
          [3, 2, 1, [[2, 2]]],
          // Gone back, it meets the page before once more.
          [
            3,
            2,
            1,
            [
              [2, 0],
              [1, 1],
            ],
          ],
        ],
      },
    );
  });
});

describe("a page that holds more than was asked for", () => {
  /** Lists `total` numbers, which are asked for 5 at a time; `slice` says what is answered where it is asked for `at`. */
  async function wide(total: number, slice: (at: number) => readonly [number, number]) {
    const server = await localServer((request, response) => {
      const query = new URL(request.url, "http://list.example").searchParams;
      const at = query.has("page") ? (Number(query.get("page")) - 1) * 5 : Number(query.get("offset"));
      json(response, 200, { data: numbers(total).slice(...slice(at)), total });
    });
    const bound = plug({ name: "list", baseUrl: server.url }).bind({ tenant: "t", vars: {} });
    return { bound, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
  }
  const strategies = [
    ["offset", pagination.offset({ limit: 5, total: "total" })],
    ["offset with an overlap", pagination.offset({ limit: 5, total: "total", overlap: 2 })],
    ["page", pagination.page({ size: 5, total: "total" })],
  ] as const;

  it.each(strategies)("by %s: because the one before came once more, loses nothing", async (_, strategy) => {
    await using api = await wide(17, (at) => [at >= 3 && at <= 5 ? 0 : at, at + 5]);
    const seen = await api.bound.paginate<number>("/list", { pagination: strategy }).all();
    expect([...new Set(seen)].sort((a, b) => a - b)).toEqual(numbers(17));
  });

  it("because the API always gives so many, skips and repeats nothing", async () => {
    await using api = await wide(17, (at) => [at, at + 7]);
    const strategy = pagination.offset({ limit: 5, total: "total" });
    expect(await api.bound.paginate<number>("/list", { pagination: strategy }).all()).toEqual(numbers(17));
  });
});
