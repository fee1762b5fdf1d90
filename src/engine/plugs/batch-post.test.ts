import { describe, expect, it } from "vitest";
import { plug } from "./index.ts";
import { json, localServer } from "./testing/local-server.ts";

describe("batchPost", () => {
  it("sends every item once, in calls of a size, and reports what failed", async () => {
    let running = 0;
    let most = 0;
    await using server = await localServer(async (request, response) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      const { inputs } = JSON.parse(request.body);
      if (inputs.includes(5)) return json(response, 422, { error: { message: "bad batch" } });
      json(response, 207, {
        errors: inputs.includes(9) ? [{ index: inputs.indexOf(9), message: "bad item" }] : [],
        first: inputs[0],
      });
    });
    const report = await plug({ name: "api", baseUrl: server.url }).batchPost<
      number,
      { errors: { index: number; message: string }[]; first: number }
    >(
      "/batch",
      Array.from({ length: 23 }, (_each, index) => index),
      { size: 4, concurrency: 3, body: (inputs) => ({ inputs }), failuresIn: (body) => body.errors },
    );
    expect(report).toMatchObject({ ok: false, total: 23, succeeded: 18 });
    expect(report.failures.map((each) => [each.item, each.index, each.message, each.error?.code])).toEqual([
      [4, 4, expect.stringContaining("bad batch"), "http_422"],
      [5, 5, expect.stringContaining("bad batch"), "http_422"],
      [6, 6, expect.stringContaining("bad batch"), "http_422"],
      [7, 7, expect.stringContaining("bad batch"), "http_422"],
      [9, 9, "bad item", undefined],
    ]);
    expect(report.bodies.map((each) => each.first)).toEqual([0, 8, 12, 16, 20]);
    const sent = server.seen.flatMap((each) => JSON.parse(each.body).inputs as number[]);
    expect(sent.sort((a, b) => a - b)).toEqual(Array.from({ length: 23 }, (_each, index) => index));
    expect(most).toBeLessThanOrEqual(3);
  });

  it("takes what is made while it is sent, and ends at an abort", async () => {
    const given = new AbortController();
    await using server = await localServer((_request, response, count) => {
      if (count === 2) given.abort(new Error("enough"));
      else json(response, 200, {});
    });
    async function* endless() {
      for (let i = 0; ; i++) yield i;
    }
    const batch = plug({ name: "api", baseUrl: server.url }).batchPost("/", endless(), {
      size: 10,
      signal: given.signal,
    });
    await expect(batch).rejects.toThrow("enough");
    expect(server.seen).toHaveLength(2);
  });

  it("gives each call its own idempotency key", async () => {
    await using server = await localServer((_request, response) => json(response, 200, {}));
    await plug({ name: "api", baseUrl: server.url }).batchPost("/", [1, 2], {
      size: 1,
      idempotencyKey: (_items, batch) => `k${batch}`,
    });
    expect(server.seen.map((each) => each.headers["idempotency-key"])).toEqual(["k0", "k1"]);
  });

  it("refuses a size of nothing", async () => {
    await expect(
      plug({ name: "api", baseUrl: "http://127.0.0.1:1" }).batchPost("/", [1], { size: 0 }),
    ).rejects.toMatchObject({ code: "batch_invalid" });
  });
});
