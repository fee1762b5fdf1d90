import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FIELD_TYPES, fieldMappingDefinitionSchema } from "../../contract/index.ts";
import { applyFieldMapping } from "./apply-field-mapping.ts";
import { CoercionError, coerceValue } from "./coerce-value.ts";
import { fieldMapping } from "./field-mapping.ts";

const define = (...fields: unknown[]) => fieldMappingDefinitionSchema.parse({ fields });
const apply = (record: unknown, ...fields: unknown[]) =>
  applyFieldMapping(define(...fields), [record]).then(([one]) => one);

describe("a value", () => {
  it.each([
    ["string", 12, "12"],
    ["number", " 1.5 ", 1.5],
    ["integer", "12.0", 12],
    ["boolean", "Yes", true],
    ["boolean", 0, false],
    ["date", "2026-02-28", "2026-02-28"],
    ["date", "2026-02-28T23:30:00-05:00", "2026-03-01"],
    ["datetime", "2026-02-28 12:00:00", "2026-02-28T12:00:00.000Z"],
    ["datetime", 1_767_225_600, "2026-01-01T00:00:00.000Z"],
    ["datetime", 1_767_225_600_000, "2026-01-01T00:00:00.000Z"],
    ["json", '{"a":1}', { a: 1 }],
    ["integer", "", undefined],
    ["string", "", ""],
  ] as const)("%s of %j is %j", (type, value, wanted) => expect(coerceValue({ type }, value)).toEqual(wanted));

  it.each([
    ["number", "N/A", '"N/A" is not a number.'],
    ["integer", 1.5, "1.5 is not a whole number."],
    ["boolean", "maybe", "neither true nor false"],
    ["date", "2026-02-30", "not a day of the calendar"],
    ["datetime", "tomorrow", "is not a time"],
    ["json", "{", "is not JSON"],
    ["string", {}, "is not a text"],
  ] as const)("%s of %j is refused", (type, value, message) =>
    expect(() => coerceValue({ type }, value)).toThrow(message),
  );

  it("is of its type or is refused with a sentence, whatever comes", () => {
    fc.assert(
      fc.property(fc.constantFrom(...FIELD_TYPES), fc.anything(), (type, value) => {
        try {
          coerceValue({ type, values: ["a"] }, value);
        } catch (error) {
          expect(error).toBeInstanceOf(CoercionError);
        }
      }),
    );
  });

  it("of an enum is found by its spelling, or by what it becomes", () => {
    expect(coerceValue({ type: "enum", values: ["in_progress"] }, "In Progress")).toBe("in_progress");
    expect(coerceValue({ type: "enum", values: { A: "active", I: "inactive" } }, "a")).toBe("active");
    expect(() => coerceValue({ type: "enum", values: ["x"] }, "y")).toThrow('"y" is none of x.');
  });
});

describe("a record", () => {
  const source = { sku: "A", price: "12.90", "a.b": 1, customer: { emails: ["x@y"], name: null }, status: "Active" };

  it("becomes what its fields say", async () => {
    expect(
      await apply(
        source,
        { target: "sku" },
        { target: "minor", transform: "$round($number(price) * 100)", type: "integer" },
        { target: "contact.email", sourcePath: "customer.emails[0]" },
        { target: "contact.name", sourcePath: ["customer", "name"], default: "nobody" },
        { target: "dotted", sourcePath: ["a.b"] },
        { target: "upper", source: "status", transform: "$uppercase($value)" },
        { target: "gone", nulls: "omit" },
        { target: "empty" },
        { target: "out", direction: "out", nulls: "refuse" },
      ),
    ).toEqual({
      ok: true,
      value: {
        sku: "A",
        minor: 1290,
        contact: { email: "x@y", name: "nobody" },
        dotted: 1,
        upper: "ACTIVE",
        empty: null,
      },
    });
  });

  it("that cannot be made says every field and why; its neighbours are made", async () => {
    const definition = define(
      { target: "n", source: "a", type: "number" },
      { target: "m", transform: "$number(b)", nulls: "refuse" },
    );
    expect(await applyFieldMapping(definition, [{ a: 1, b: "2" }, { a: "x", b: "y" }, { a: 2 }])).toEqual([
      { ok: true, value: { n: 1, m: 2 } },
      {
        ok: false,
        problems: [
          { field: "n", message: '"x" is not a number.', position: null },
          { field: "m", message: expect.stringContaining("y"), position: 8 },
        ],
      },
      { ok: false, problems: [{ field: "m", message: "There is no value, and it is required.", position: null }] },
    ]);
  });

  it("finds what the regular expressions of JavaScript find", async () => {
    const transform = `{ "all": $match(t, /([a-z]+)(\\d)?/i).{ "m": match, "i": index, "g": groups }, "r": $replace(t, /\\s+/, "-"), "s": $split(t, /,\\s*/), "c": $contains(t, /^héllo$/m) }`;
    const value = { all: [{ m: "Ab1", i: 0, g: ["b1"] }] };
    const made = await apply({ t: "Ab1, x  y" }, { target: "v", transform });
    expect(made).toMatchObject({ ok: true, value: { v: { r: "Ab1,-x-y", s: ["Ab1", "x  y"], c: false } } });
    expect(value).toBeDefined();
    expect(JSON.stringify(made)).toContain('"m":"Ab1","i":0,"g":["Ab","1"]');
  });
});

describe("what would never end, ends, and the process goes on meanwhile", () => {
  const bad = { t: `${"a".repeat(50_000)}!`, n: 1 };
  it.each([
    ["a catastrophic regex", "$contains(t, /^(a+)+$/)", false],
    ["endless recursion", "($f := function($x) { $f($x + 1) }; $f(1))", "time"],
    ["deep recursion", "($f := function($x) { 1 + $f($x + 1) }; $f(1))", "deep|time|stack"],
    ["a list of ten million", "[1..9999999]", "D2015|sequence|large|limit|stopped"],
    [
      "a text that doubles",
      "($d := function($s, $n) { $n = 0 ? $s : $d($s & $s, $n - 1) }; $length($d('xxxxxxxx', 40)))",
      "stopped|Invalid string|memory|time",
    ],
    [
      "padding to a gigabyte, over and over",
      "$map([1..500], function($i) { $length($pad('x', 200000000 + $i)) })",
      "stopped|time|memory|Invalid",
    ],
    ["an output without end", "$pad('x', 1000000)", "larger than"],
    ["a function", "function($x) { $x }", "is a function"],
  ])("%s", async (_, transform, problem) => {
    let longest = 0;
    let last = performance.now();
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    const made = await apply(bad, { target: "v", transform }, { target: "n" });
    clearInterval(beat);
    if (problem === false) expect(made).toEqual({ ok: true, value: { v: false, n: 1 } });
    else {
      const [first] = made?.ok === false ? made.problems : [];
      expect(first?.field).toBe("v");
      expect(first?.message).toMatch(new RegExp(String(problem), "i"));
    }
    expect(longest).toBeLessThan(1_000);
    // Whoever comes after it is served.
    expect(await apply({ a: 2 }, { target: "v", transform: "a * 2" })).toEqual({ ok: true, value: { v: 4 } });
  });

  it("nothing of this process is within reach, and nothing stays for the next", async () => {
    for (const transform of ["$.constructor.constructor('return process')()", "$eval('process')", "__proto__"]) {
      const made = await apply({}, { target: "v", transform });
      expect(made?.ok === false || made?.value.v === null).toBe(true);
    }
    await apply({}, { target: "v", transform: '{ "__proto__": { "polluted": 1 } }' });
    expect(await apply({}, { target: "v", transform: "polluted" })).toEqual({ ok: true, value: { v: null } });
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe("a mistake is named before a record is seen", () => {
  it.each([
    [{ target: "v", transform: "a +" }, "fields[0].transform", "at position"],
    [{ target: "v", transform: "$match(a, /(?=x)/)" }, "fields[0].transform", "at position"],
    [{ target: "a..b" }, "fields[0].target", "no name of a field"],
    [{ target: "a.__proto__.b" }, "fields[0].target", "no name of a field"],
    [{ target: "v", type: "enum" }, "fields[0].values", "needs its values"],
    [{ target: "v", sourcePath: "a..b" }, "fields[0].sourcePath", "no path"],
  ])("%j", (rule, at, message) => {
    expect(() => fieldMapping({ name: "x", fields: [rule as { target: string }] })).toThrow(`fieldMapping.${at}: `);
    expect(() => fieldMapping({ name: "x", fields: [rule as { target: string }] })).toThrow(message);
  });

  it("what cannot be stored", () => {
    expect(() => fieldMapping({ name: "x", fields: [{ target: "v", transform: "'\u0000'" }] })).toThrow(
      "cannot be stored",
    );
  });

  it("two rules for one field", () => {
    expect(() => fieldMapping({ name: "x", fields: [{ target: "a" }, { target: "a.b" }] })).toThrow(
      'fields[0] writes "a" already.',
    );
    fieldMapping({
      name: "x",
      fields: [
        { target: "a", direction: "in" },
        { target: "a", direction: "out" },
      ],
    });
    expect(() => fieldMapping({ name: "Not a name", fields: [] })).toThrow("fieldMapping.name");
  });
});
