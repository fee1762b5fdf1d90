import { describe, expect, it } from "vitest";
import { payloadFormJson, payloadText } from "./payload-text.ts";

describe("payloadText", () => {
  it("reads texts and numbers along a path", () => {
    expect(payloadText({ event: { type: "message" } }, "event", "type")).toBe("message");
    expect(payloadText({ eventId: 7 }, "eventId")).toBe("7");
    expect(payloadText([{ id: "a" }], "0", "id")).toBe("a");
  });

  it("finds nothing in what is not there, not a text, or inherited", () => {
    for (const payload of [null, undefined, "text", 7, [], {}, { type: "" }, { type: null }, { type: {} }]) {
      expect(payloadText(payload, "type")).toBeUndefined();
    }
    expect(payloadText({}, "constructor", "name")).toBeUndefined();
    expect(payloadText("text", "length")).toBeUndefined();
  });
});

describe("payloadFormJson", () => {
  it("parses the field, or finds nothing", () => {
    expect(payloadFormJson({ payload: '{"a":1}' }, "payload")).toEqual({ a: 1 });
    expect(payloadFormJson({ payload: "{" }, "payload")).toBeUndefined();
    expect(payloadFormJson(null, "payload")).toBeUndefined();
  });
});
