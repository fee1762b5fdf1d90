import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { failureFingerprint, normaliseMessage } from "./fingerprint.ts";

describe("normaliseMessage", () => {
  it.each([
    ["No such customer: 'cus_9s6XKzkNRiz8i3'", "no such customer: '#'"],
    ["run_01jx7k2v9qf3d8m0e6h4b5n1tc took 30021 ms", "# took # ms"],
    ["Order 4711 of 12,402 failed at 2026-11-20T09:30:00.123Z", "order # of # failed at <time>"],
    ["connect ECONNREFUSED 10.0.0.7:5432", "connect econnrefused #"],
    ["GET https://api.example.com/v1/orders/7?expand=all answered 503", "get api.example.com answered #"],
    ["Key (id)=(0197f3a2-7c1e-7b3a-9c1d-2f4e6a8b0c1d) already exists.", "key (id)=(#) already exists."],
    ["  mail to ada.l@example.co.uk\n bounced", "mail to <email> bounced"],
    ["commit 6dcb09b5b57875f334f61aebed695e2e4193db5e missing", "commit # missing"],
    [
      "Cannot read properties of undefined (reading 'channel')",
      "cannot read properties of undefined (reading 'channel')",
    ],
    ["invalid_auth", "invalid_auth"],
    ["deadbeef is a word", "deadbeef is a word"],
  ])("%s", (message, normal) => {
    expect(normaliseMessage(message)).toBe(normal);
  });

  it("comes to rest, for every text", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (message) => {
        expect(normaliseMessage(message)).not.toMatch(/[0-9]/);
      }),
    );
  });

  it("needs time in proportion to the text, also for hostile ones", () => {
    const started = performance.now();
    for (const piece of ["a", "a1", "a_", "@", "http://", "-", "1.", "a@", "f"])
      normaliseMessage(piece.repeat(100_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe("failureFingerprint", () => {
  it("is equal for the same cause with other ids and numbers", () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), fc.nat(), fc.nat(), (a, b, m, n) => {
        const of = (id: string, count: number) =>
          failureFingerprint({ code: "http_404", message: `No order ${id}, tried ${count} times` });
        expect(of(a, m)).toBe(of(b, n));
      }),
    );
  });

  it("differs by code and by words, and is short", () => {
    const one = failureFingerprint({ code: "http_404", message: "No order" });
    expect(one).toMatch(/^[0-9a-f]{12}$/);
    expect(failureFingerprint({ code: "http_410", message: "No order" })).not.toBe(one);
    expect(failureFingerprint({ code: "http_404", message: "No customer" })).not.toBe(one);
  });
});
