import { exampleOfPattern } from "./example-of-pattern.ts";
import type { JsonSchema } from "./json-schema.ts";

/** One text for each format (JSON Schema's, and the names Zod gives its own). */
const FORMATS: Readonly<Record<string, string>> = {
  "date-time": "2026-01-31T09:30:00Z",
  date: "2026-01-31",
  time: "09:30:00",
  duration: "PT15M",
  email: "ada@example.com",
  "idn-email": "ada@example.com",
  hostname: "example.com",
  uri: "https://example.com/",
  "uri-reference": "/path",
  uuid: "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
  guid: "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
  ipv4: "192.0.2.1",
  ipv6: "2001:db8::1",
  cidrv4: "192.0.2.0/24",
  cidrv6: "2001:db8::/32",
  base64: "a2hvdGFu",
  base64url: "a2hvdGFu",
  jwt: "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
  e164: "+14155550100",
  emoji: "🙂",
  cuid: "cjld2cjxh0000qzrmn831i7rn",
  cuid2: "tz4a98xxat96iws9zmbrgj3a",
  ulid: "01arz3ndektsv4rrffq69g5fav",
  nanoid: "V1StGXR8_Z5jdHi6B-myT",
  regex: "^a$",
};

/** A text that fits the schema's format, pattern and lengths; the same each time. */
export function exampleText(schema: JsonSchema): string {
  const { format, pattern, minLength = 0, maxLength = Number.POSITIVE_INFINITY } = schema;
  const fits = (text: string) =>
    text.length >= minLength && text.length <= maxLength && (pattern === undefined || matches(pattern, text));
  const known = format === undefined ? undefined : FORMATS[format];
  if (known !== undefined && fits(known)) return known;
  if (pattern !== undefined) {
    const made = exampleOfPattern(pattern, minLength);
    if (made !== null && fits(made)) return made;
  }
  const padded = "string".padEnd(Math.min(minLength, 10_000), "-string");
  return padded.slice(0, Math.min(maxLength, padded.length));
}

function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, "u").test(text);
  } catch {
    return true; // written for another engine; who knows
  }
}
