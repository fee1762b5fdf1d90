import { isSpanContextValid } from "@opentelemetry/api";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newUuid } from "../../../contract/index.ts";
import { formatTraceparent, ownTrace, parseTraceparent, traceHeaders } from "./traceparent.ts";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const SPAN = "00f067aa0ba902b7";

describe("a traceparent", () => {
  test("survives being read and written, whatever its ids", () => {
    const hex = (length: number) =>
      fc
        .array(fc.constantFrom(..."0123456789abcdef"), { minLength: length, maxLength: length })
        .map((digits) => digits.join(""))
        .filter((text) => /[^0]/.test(text));
    fc.assert(
      fc.property(hex(32), hex(16), fc.integer({ min: 0, max: 3 }), (traceId, spanId, flags) => {
        const text = `00-${traceId}-${spanId}-0${flags}`;
        const read = parseTraceparent(text);
        expect(read && formatTraceparent(read)).toBe(text);
      }),
    );
  });

  test.each([
    [`ff-${TRACE}-${SPAN}-01`, "the forbidden version"],
    [`00-${"0".repeat(32)}-${SPAN}-01`, "a trace id of zeros"],
    [`00-${TRACE}-${"0".repeat(16)}-01`, "a span id of zeros"],
    [`00-${TRACE}-${SPAN}-01-more`, "text after version 00"],
    [`00-${TRACE.toUpperCase()}-${SPAN}-01`, "capitals"],
    [`00-${TRACE}-${SPAN}`, "no flags"],
    ["", "nothing"],
  ])("is refused: %s (%s)", (text) => {
    expect(parseTraceparent(text)).toBeNull();
  });

  test("is none where there is no header", () => {
    expect(parseTraceparent(undefined)).toBeNull();
  });

  test("of a later version is read as far as it is known, and written as version 00", () => {
    const read = parseTraceparent(`cc-${TRACE}-${SPAN}-ff-what-comes-later`);
    expect(read && formatTraceparent(read)).toBe(`00-${TRACE}-${SPAN}-03`);
  });

  test("takes its tracestate along, and leaves out one that is broken", () => {
    const read = parseTraceparent(`00-${TRACE}-${SPAN}-01`, "vendor=one,other=two");
    expect(read && traceHeaders(read).tracestate).toBe("vendor=one,other=two");
    const broken = parseTraceparent(`00-${TRACE}-${SPAN}-01`, "=,,\u0000");
    expect(broken && traceHeaders(broken)).toEqual({ traceparent: `00-${TRACE}-${SPAN}-01` });
  });
});

test("an event's own trace has its id", () => {
  const id = newUuid();
  const own = ownTrace(id);
  expect(isSpanContextValid(own)).toBe(true);
  expect(own.traceId).toBe(id.replaceAll("-", ""));
});
