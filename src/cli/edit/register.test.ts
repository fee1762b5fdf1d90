import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, it } from "vitest";
import { type Registration, register } from "./register.ts";
import { parseSource } from "./source-tree.ts";

const FRESH = `import { drizzleAdapter, khotan } from "khotan/factory";
import postgres from "postgres";

// Plugs come here.
export default khotan({
  adapter: drizzleAdapter(db, { url }),
  plugs: [],
});
`;

const acme: Registration = { name: "acme", from: "./plugs/acme", to: { list: "plugs" } };
const shop: Registration = { name: "shop", from: "./plugs/shop", to: { list: "plugs" } };
const acmeWire: Registration = { name: "acmeWire", from: "./wires/acme-wire", to: { list: "wires", plug: "acme" } };
const flow = (name: string): Registration => ({ name, from: `./flows/${name}`, to: { list: "flows", plug: "acme" } });

function after(text: string, ...wishes: readonly Registration[]): string {
  let now = text;
  for (const wish of wishes) {
    const edit = register(now, wish);
    if (edit.state !== "done") throw new Error(JSON.stringify(edit));
    now = edit.text;
  }
  return now;
}

it("registers a plug and what hangs on it, and leaves everything else as it was", () => {
  expect(
    after(FRESH, acme, acmeWire, flow("items"), shop),
  ).toBe(`import { drizzleAdapter, khotan } from "khotan/factory";
import postgres from "postgres";
import { items } from "./flows/items";
import { acme } from "./plugs/acme";
import { shop } from "./plugs/shop";
import { acmeWire } from "./wires/acme-wire";

// Plugs come here.
export default khotan({
  adapter: drizzleAdapter(db, { url }),
  plugs: [
    { plug: acme, wires: [acmeWire], flows: [items] },
    { plug: shop },
  ],
});
`);
});

it("changes nothing the second time", () => {
  const caches: Registration = { name: "seen", from: "./caches/seen", to: { list: "caches" } };
  const text = after(FRESH, acme, acmeWire, flow("items"), caches);
  for (const wish of [acme, acmeWire, flow("items"), caches]) expect(register(text, wish)).toEqual({ state: "there" });
});

it("gives a long entry a line for each list", () => {
  const text = after(FRESH, acme, acmeWire, flow("aVeryLongNameOfAFlow"), flow("anotherVeryLongNameOfAFlow"));
  expect(text).toContain(
    "plugs: [{ plug: acme, wires: [acmeWire], flows: [aVeryLongNameOfAFlow, anotherVeryLongNameOf",
  );
  expect(after(text, flow("theThirdVeryLongNameOfAFlow"))).toContain(`plugs: [{
    plug: acme,
    wires: [acmeWire],
    flows: [aVeryLongNameOfAFlow, anotherVeryLongNameOfAFlow, theThirdVeryLongNameOfAFlow],
  }],`);
});

it("writes as the file is written: tabs, single quotes, endings, line ends, remarks", () => {
  const text = [
    "import { khotan as hub } from 'khotan/factory'",
    "import { acme } from './plugs/acme.ts'",
    "",
    "const plugs = [",
    "\t{ plug: acme }, // the first",
    "] satisfies unknown[]",
    "export default hub({ adapter, plugs })",
    "",
  ].join("\r\n");
  expect(after(text, shop)).toBe(
    [
      "import { khotan as hub } from 'khotan/factory'",
      "import { acme } from './plugs/acme.ts'",
      "import { shop } from './plugs/shop.ts'",
      "",
      "const plugs = [",
      "\t{ plug: acme }, // the first",
      "\t{ plug: shop },",
      "] satisfies unknown[]",
      "export default hub({ adapter, plugs })",
      "",
    ].join("\r\n"),
  );
});

it("takes another name when its own is taken", () => {
  const same: Registration = { name: "acme", from: "./catches/acme", to: { list: "catches", plug: "acme" } };
  const text = after(FRESH, acme, same);
  expect(text).toContain('import { acme as acme2 } from "./catches/acme";');
  expect(text).toContain("catches: [acme2]");
  expect(register(text, same)).toEqual({ state: "there" });
});

it("finds a plug by its own name, whatever its file and variable are called", () => {
  const text = FRESH.replace("plugs: []", 'plugs: [{ plug: plug({ name: "acme", baseUrl: "https://a.example" }) }]');
  expect(after(text, acmeWire)).toContain('baseUrl: "https://a.example" }), wires: [acmeWire] }');
});

it.each([
  ["no khotan() call", "export default {};", acme],
  ["options from elsewhere", 'import { options } from "./options"; export default khotan(options);', acme],
  ["plugs from elsewhere", "export default khotan({ adapter, plugs: allPlugs() });", acme],
  ["a plug that is not registered", FRESH, acmeWire],
  ["no source at all", "export default khotan({", acme],
  ["a second wire", after(FRESH, acme, acmeWire), { ...acmeWire, name: "other", from: "./wires/other" }],
])("leaves to a person what it cannot do safely: %s", (_, text, wish) => {
  expect(register(text, wish)).toEqual({ state: "manual", why: expect.stringMatching(/\w/) });
});

it("edits this app's own file", () => {
  const own = readFileSync(new URL("../../khotan/khotan.ts", import.meta.url), "utf8");
  const wish: Registration = { name: "acmeFlow", from: "./flows/acme-flow", to: { list: "flows", plug: "sandbox" } };
  const text = after(own, acme, wish);
  expect(text).toContain('\nimport { acmeFlow } from "./flows/acme-flow.ts";\n');
  expect(text).toContain("flows: [customers, orders, ordersToBoard, products, acmeFlow],");
  expect(text.length - own.length).toBeLessThan(170);
});

it("keeps whatever order things are added in a file that parses, each once", () => {
  const wishes = [
    acmeWire,
    flow("a"),
    flow("b"),
    shop,
    { ...flow("a"), to: { list: "catches", plug: "acme" } } as const,
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray([...wishes, ...wishes], { minLength: 1 }), (order) => {
      let text = after(FRESH, acme);
      for (const wish of order) {
        const edit = register(text, wish);
        if (edit.state === "done") text = edit.text;
        else expect(edit.state).toBe("there");
      }
      parseSource(text);
      const imports = text.match(/^import .*$/gm) ?? [];
      expect(new Set(imports).size).toBe(imports.length);
    }),
    { numRuns: 60 },
  );
});
