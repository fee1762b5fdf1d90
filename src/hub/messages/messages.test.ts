import { createTranslator, type IntlError } from "use-intl/core";
import { describe, expect, it } from "vitest";
import { de } from "./de.ts";
import { en } from "./en.ts";

type Tree = { readonly [key: string]: string | Tree };

function flatten(tree: Tree, path = ""): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const at = path === "" ? key : `${path}.${key}`;
    if (typeof value === "string") flat.set(at, value);
    else for (const [inner, text] of flatten(value, at)) flat.set(inner, text);
  }
  return flat;
}

/** Names of the arguments of a message. In ICU, odd braces hold an argument and even ones the text of a branch. */
function argumentsOf(message: string): string[] {
  const names = new Set<string>();
  let depth = 0;
  for (const { 0: brace, index } of message.matchAll(/[{}]/g)) {
    depth += brace === "{" ? 1 : -1;
    if (brace === "{" && depth % 2 === 1) names.add(/^\w+/.exec(message.slice(index + 1))?.[0] ?? "");
  }
  return [...names].toSorted();
}

const english = flatten(en);
const german = flatten(de);

describe("message files", () => {
  it("are complete in both languages", () => {
    expect([...german.keys()].toSorted()).toEqual([...english.keys()].toSorted());
  });

  it("use the same arguments in both languages", () => {
    const named = (messages: Map<string, string>) =>
      Object.fromEntries([...messages].map(([key, text]) => [key, argumentsOf(text)]));
    expect(named(german)).toEqual(named(english));
  });

  it("keep to the tone: no exclamation, no please, no oops", () => {
    for (const [key, text] of [...english, ...german]) {
      expect.soft(text, key).not.toMatch(/!|\bplease\b|\boops\b|\bsuccessfully\b|\bbitte\b|erfolgreich/i);
    }
  });

  it("can be formatted in every branch", () => {
    const fail = (error: IntlError) => {
      throw error;
    };
    for (const [locale, messages, flat] of [
      ["en", en, english],
      ["de", de, german],
    ] as const) {
      const t = createTranslator({ locale, messages, onError: fail });
      // Keys come from the file itself here, so the types that guard callers are in the way.
      const format = t.markup as unknown as (key: string, values: object) => string;
      for (const [key, text] of flat) {
        for (const count of [0, 1, 2]) {
          const values = Object.fromEntries(argumentsOf(text).map((name) => [name, count]));
          const tags = { code: (chunks: string) => chunks };
          expect.soft(() => format(key, { ...values, ...tags }), `${locale} ${key}`).not.toThrow();
        }
      }
    }
  });
});
