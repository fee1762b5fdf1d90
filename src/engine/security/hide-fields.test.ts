import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hideFields, isSensitiveField } from "./hide-fields.ts";

const json = (text: string) => hideFields(text, "application/json");

test.each(["password", "clientSecret", "access_token", "apiKey", "api-key", "cvc", "Authorization", "private_key"])(
  "%s is a secret by its name",
  (name) => expect(isSensitiveField(name)).toBe(true),
);
test.each(["next_page_token", "nextPageToken", "syncToken", "key", "keyboard", "author", "tokens", "compass", "name"])(
  "%s is none",
  (name) => expect(isSensitiveField(name)).toBe(false),
);

describe("JSON", () => {
  test("hides values of every kind and leaves everything else as it was written", () => {
    expect(
      json('{ "a" : 1.00,\n"token":"x\\"y", "secret" : {"a":["}"]}, "pin":1234, "jwt":[1,"]"], "b":"token" }'),
    ).toBe(
      '{ "a" : 1.00,\n"token":"[redacted]", "secret" : "[redacted]", "pin":"[redacted]", "jwt":"[redacted]", "b":"token" }',
    );
  });

  test("hides in JSON that is a text within JSON, and stops where that ends", () => {
    const inner = { a: 'say "hi" \\ ', token: 'x"y\\', secret: { deep: ['}"'] }, pin: 1234, jwt: "", b: "token" };
    const hidden = { ...inner, token: "[redacted]", secret: "[redacted]", pin: "[redacted]" };
    const wrapped = (value: unknown) => JSON.stringify({ message: JSON.stringify(value), n: "]}" });
    expect(json(wrapped(inner))).toBe(wrapped(hidden));
    expect(json('{"m":"{\\"token\\":\\"abc')).toBe('{"m":"{\\"token\\":\\"[redacted]\\"');
    expect(json('{"m":"{\\"secret\\":{\\"a\\":1","n":2}')).toBe('{"m":"{\\"secret\\":\\"[redacted]\\"","n":2}');
  });

  test("leaves what tells nothing: null, true, false, nothing", () => {
    const text = '{"password":null,"secret":true,"token":"","apiKey":"[redacted]"}';
    expect(json(text)).toBe(text);
  });

  test("hides a value that was cut off", () => {
    expect(json('{"n":1,"token":"abc')).toBe('{"n":1,"token":"[redacted]"');
    expect(json('{"n":1,"secret":{"a":"abc","b":[1')).toBe('{"n":1,"secret":"[redacted]"');
    expect(json('{"token":"abc\\')).toBe('{"token":"[redacted]"');
  });

  test("whatever the body is, no value under a sensitive name is left, and the rest parses to the same", () => {
    const name = fc.constantFrom("password", "clientSecret", "access_token", "name", "items", "next_page_token");
    const value = fc.letrec<{ any: unknown }>((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.string().map((text) => `v${text}`),
        fc.integer(),
        fc.array(tie("any"), { maxLength: 4 }),
        fc.dictionary(name, tie("any"), { maxKeys: 4 }),
      ),
    })).any;
    fc.assert(
      fc.property(value, fc.boolean(), (body, pretty) => {
        const hidden = JSON.parse(json(JSON.stringify(body, null, pretty ? 2 : 0)));
        expect(hidden).toEqual(expected(body));
      }),
    );
  });
});

function expected(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(expected);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, isSensitiveField(name) ? "[redacted]" : expected(inner)]),
  );
}

test("hides in forms, by the last part of a name", () => {
  const form = "a=1&user%5Bpassword%5D=x%26y&card[cvc]=123&token=&client_secret=s&key=k&page_token=2";
  expect(hideFields(form, "application/x-www-form-urlencoded")).toBe(
    "a=1&user%5Bpassword%5D=[redacted]&card[cvc]=[redacted]&token=&client_secret=[redacted]&key=[redacted]&page_token=2",
  );
});

test("hides in XML, elements and attributes, whatever the prefix", () => {
  expect(hideFields('<a><wsse:Password Type="t">x</wsse:Password><n token="y" id=\'1\'>z</n></a>', "text/xml")).toBe(
    '<a><wsse:Password Type="t">[redacted]</wsse:Password><n token="[redacted]" id=\'1\'>z</n></a>',
  );
});

test("hides parameters of links and forms within a text", () => {
  const text = '{"next":"https://a.example/x?limit=2&access_token=EAAB&after=3","said":"a=1&client_secret=x\\ny"}';
  expect(json(text)).toBe(
    '{"next":"https://a.example/x?limit=2&access_token=[redacted]&after=3","said":"a=1&client_secret=[redacted]\\ny"}',
  );
  expect(json("if (token==1) x; token = 2")).toBe("if (token==1) x; token = 2");
});

test.each([
  ["one long word", "token".repeat(13_000)],
  ["quotes and words", '"token'.repeat(11_000)],
  ["a long tag", `<a ${"secret".repeat(11_000)}`],
  ["open brackets", `{"secret":${"[".repeat(64_000)}`],
])("does not take long for %s", (_, text) => {
  const startedAt = performance.now();
  for (const type of ["application/json", "application/x-www-form-urlencoded", "text/xml"]) hideFields(text, type);
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});
