/** Shorter values are left in place: they would tear up every text, and whoever sees the hole knows them anyway. */
const MIN_SECRET_LENGTH = 4;

const hex = (code: number, digits: number) => code.toString(16).padStart(digits, "0");
const lowerEscapes = (text: string) => text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());

/** How a text looks inside JSON: as it is, as JSON.stringify writes it, and as writers that escape "/" or all non-ASCII do. */
function jsonSpellings(text: string): string[] {
  const plain = JSON.stringify(text).slice(1, -1);
  const slashes = plain.replaceAll("/", "\\/");
  const ascii = (from: string) => from.replace(/[^\0-\x7f]/g, (unit) => `\\u${hex(unit.charCodeAt(0), 4)}`);
  return [text, plain, slashes, ascii(plain), ascii(slashes)];
}

/** How a text looks inside a URL or a form. */
function urlSpellings(text: string): string[] {
  const component = encodeURIComponent(text.replace(/\p{Cs}/gu, "\ufffd"));
  const strict = component.replace(/[!'()*~]/g, (letter) => `%${hex(letter.charCodeAt(0), 2).toUpperCase()}`);
  const form = new URLSearchParams({ "": text }).toString().slice(1);
  const spaced = form.replaceAll("+", "%20");
  return [component, strict, form, spaced, encodeURI(text.replace(/\p{Cs}/gu, "\ufffd"))].flatMap((each) => [
    each,
    lowerEscapes(each),
  ]);
}

/**
 * Every way in which a secret is usually written: plain, JSON-escaped,
 * URL-encoded, JSON inside a URL, base64.
 */
export function secretSpellings(secret: string): ReadonlySet<string> {
  if (secret.length < MIN_SECRET_LENGTH) return new Set();
  const inJson = jsonSpellings(secret);
  const bytes = Buffer.from(secret, "utf8");
  const base64 = [bytes.toString("base64"), bytes.toString("base64url")];
  const all = [...inJson, ...inJson.flatMap(urlSpellings), ...base64, ...base64.flatMap(urlSpellings)];
  return new Set(all);
}
