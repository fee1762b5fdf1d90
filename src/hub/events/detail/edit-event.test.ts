import { describe, expect, it } from "vitest";
import { checkDraft, draftOf } from "./edit-event.ts";

const event = { type: "order.paid", payload: { total: 5 }, contentType: "application/json" };

describe("an edited copy of an event", () => {
  it("begins as the event was", () => {
    expect(draftOf(event, "")).toEqual({ type: "order.paid", body: '{\n  "total": 5\n}', json: true });
    expect(draftOf({ ...event, payload: null, contentType: "text/plain" }, "hello")).toEqual({
      type: "order.paid",
      body: "hello",
      json: false,
    });
    // A form is parsed too, but what goes out again must be what came in: text.
    expect(draftOf({ ...event, contentType: "application/x-www-form-urlencoded" }, "a=1").body).toBe("a=1");
  });

  it("is sent as JSON or as text", () => {
    expect(checkDraft({ type: " order.paid ", body: "[1]", json: true }, "evt_1")).toEqual({
      ok: true,
      input: { resendOf: "evt_1", type: "order.paid", body: { json: [1] } },
    });
    expect(checkDraft({ type: "t", body: "[1", json: false }, "evt_1")).toEqual({
      ok: true,
      input: { resendOf: "evt_1", type: "t", body: { text: "[1" } },
    });
  });

  it("is not sent while it is no JSON, and says on which line", () => {
    const check = checkDraft({ type: "t", body: '{\n  "a": 1,\n  b\n}', json: true }, "evt_1");
    expect(check).toMatchObject({ ok: false, field: "body", line: 3 });
    expect(checkDraft({ type: "t", body: '{\n"a": 1', json: true }, "evt_1")).toMatchObject({ ok: false, line: 2 });
    expect(checkDraft({ type: " ", body: "{}", json: true }, "evt_1")).toMatchObject({ ok: false, field: "type" });
  });
});
