import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import { KhotanConfigError } from "../errors.ts";
import { inflow, none, outflow, plug, relay } from "../index.ts";
import { readDefinitions } from "../registry/definitions.ts";

const run = async () => undefined;
const shop = plug({ name: "shop", baseUrl: "https://shop.example", auth: none() });
const desk = plug({ name: "desk", baseUrl: "https://desk.example", auth: none() });

/** The mistakes that something is refused with, as `path: message`. */
function mistakes(build: () => unknown): string[] {
  try {
    build();
  } catch (error) {
    if (error instanceof KhotanConfigError) return error.issues.map(({ path, message }) => `${path}: ${message}`);
    throw error;
  }
  return [];
}

describe("a flow", () => {
  test("has defaults", () => {
    expect(inflow({ name: "orders", run })).toMatchObject({
      kind: "inflow",
      overlap: "skip",
      maxDurationMs: 3_600_000,
      concurrency: null,
      retry: { attempts: 3 },
      variants: [],
      schedules: [],
    });
    expect(outflow({ name: "stock", schedule: "0 * * * *", timeZone: "Europe/Berlin", run }).schedules).toEqual([
      { variant: null, cron: "0 * * * *", timeZone: "Europe/Berlin", body: undefined },
    ]);
    expect(relay({ name: "copy", destination: desk, run }).destination).toBe("desk");
  });

  test("knows the types of its body and plugs", () => {
    const typed = plug({
      name: "typed",
      baseUrl: "https://typed.example",
      auth: none(),
      vars: [{ key: "shop", type: "text" }],
    });
    relay({
      name: "copy",
      plug: typed,
      destination: desk,
      body: z.object({ from: z.coerce.date() }),
      run: async (ctx) => {
        expectTypeOf(ctx.body.from).toEqualTypeOf<Date>();
        expectTypeOf(ctx.plug).toEqualTypeOf<ReturnType<typeof typed.bind>>();
        expectTypeOf(ctx.destPlug.name).toEqualTypeOf<string>();
      },
    });
    // @ts-expect-error an inflow has no destination
    inflow({ name: "in", run: async (ctx) => ctx.destPlug });
  });

  test("is refused with the path of every mistake", () => {
    expect(mistakes(() => inflow({ name: "Orders!", timeZone: "Mars", maxDurationMs: 1, run }))).toEqual([
      expect.stringMatching(/^inflow\.Orders!\.name: A name is/),
      expect.stringMatching(/^inflow\.Orders!\.timeZone: Not a time zone/),
      expect.stringMatching(/^inflow\.Orders!\.maxDurationMs: /),
    ]);
    expect(mistakes(() => inflow({ name: "orders", maxDurationMs: 25 * 3_600_000, run }))).toEqual([
      expect.stringMatching(/^inflow\.orders\.maxDurationMs: More than a day/),
    ]);
    expect(mistakes(() => inflow({ name: "orders", schedule: "61 * * * *", run }))).toEqual([
      expect.stringMatching(/^inflow\.orders\.schedule: .*minute/),
    ]);
    expect(mistakes(() => inflow({ name: "orders", variants: { full: { schedule: "never" }, ok: {} }, run }))).toEqual([
      expect.stringMatching(/^inflow\.orders\.variants\.full\.schedule: /),
    ]);
    expect(mistakes(() => inflow({ name: "orders", variants: {}, run }))).toEqual([
      "inflow.orders.variants: Name at least one variant, or leave it out.",
    ]);
    expect(mistakes(() => inflow({ name: "orders", schedule: "0 * * * *", variants: { full: {} }, run }))).toEqual([
      "inflow.orders.schedule: A flow with variants has their schedules; move it to one of them.",
    ]);
  });

  test("runs by `run` or by `workflow`, and a workflow must have been compiled", () => {
    // @ts-expect-error neither
    expect(mistakes(() => inflow({ name: "orders" }))).toEqual([
      "inflow.orders.run: Give `run` or `workflow`, one of the two.",
    ]);
    // @ts-expect-error both
    expect(mistakes(() => inflow({ name: "orders", run, workflow: run }))).toHaveLength(1);
    expect(mistakes(() => inflow({ name: "daily-orders", workflow: run }))).toEqual([
      expect.stringMatching(
        /^inflow\.daily-orders\.workflow: .*compiled[\s\S]*function dailyOrders\(ctx: FlowWorkflowContext\)/,
      ),
    ]);
  });

  test("whose schedule cannot give its body is refused", () => {
    const body = z.object({ from: z.string() });
    expect(mistakes(() => inflow({ name: "orders", schedule: "0 * * * *", body, run }))).toEqual([
      expect.stringMatching(/^inflow\.orders\.body: The schedule starts it with no body/),
    ]);
    const variants = { full: { schedule: "0 0 * * *", body: { from: 1 } } };
    expect(mistakes(() => inflow({ name: "orders", variants, body, run }))).toEqual([
      expect.stringMatching(/^inflow\.orders\.variants\.full\.body\.from: The schedule starts it with this/),
    ]);
    expect(mistakes(() => inflow({ name: "orders", schedule: "0 * * * *", body: body.optional(), run }))).toEqual([]);
  });
});

test("a registration names flows that are double, on the wrong plug, or go nowhere", () => {
  const orders = inflow({ name: "orders", plug: shop, run });
  const lost = relay({ name: "lost", destination: "dsk", run });
  const refused = mistakes(() =>
    readDefinitions([
      { plug: shop, flows: [orders, orders, lost] },
      { plug: desk, flows: [orders] },
    ]),
  );
  expect(refused).toEqual([
    'plugs[0].flows[1]: There are two flows named "orders".',
    'plugs[0].flows[2].destination: No plug "dsk" is registered; there are: shop, desk.',
    'plugs[1].flows[0]: "orders" is a flow of "shop", not of "desk".',
  ]);
});
