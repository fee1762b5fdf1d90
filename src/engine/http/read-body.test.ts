import fc from "fast-check";
import { expect, test } from "vitest";
import { readBody } from "./read-body.ts";

/** A body that arrives in pieces; counts how many were taken. */
function inPieces(pieces: readonly Uint8Array[], headers: Record<string, string> = {}) {
  let taken = 0;
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = pieces[taken++];
        if (piece) controller.enqueue(piece);
        else controller.close();
      },
      cancel: () => {
        cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  const init: RequestInit & { duplex: "half" } = { method: "POST", body, headers, duplex: "half" };
  return { request: new Request("http://h", init), taken: () => taken, cancelled: () => cancelled };
}

const pieces = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 12 });

test("a body up to the limit comes out as it went in, whatever pieces it comes in", async () => {
  await fc.assert(
    fc.asyncProperty(pieces, async (list) => {
      const whole = Buffer.concat(list);
      expect(Buffer.from(await readBody(inPieces(list).request, whole.length))).toEqual(whole);
    }),
  );
});

test("a larger one is given up as soon as it is too large", async () => {
  const list = Array.from({ length: 100 }, () => new Uint8Array(10));
  const { request, taken, cancelled } = inPieces(list, { "content-length": "5" });
  await expect(readBody(request, 35)).rejects.toMatchObject({ code: "payload_too_large" });
  expect(taken()).toBe(4);
  expect(cancelled()).toBe(true);
});

test("one that says it is too large is not read at all", async () => {
  const { request, taken } = inPieces([new Uint8Array(1)], { "content-length": "36" });
  await expect(readBody(request, 35)).rejects.toMatchObject({ code: "payload_too_large" });
  expect(taken()).toBe(0);
});

test("no body is an empty one", async () => {
  expect(await readBody(new Request("http://h"), 10)).toEqual(new Uint8Array());
});
