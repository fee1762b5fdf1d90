import { REDACTED } from "./redactor.ts";
import { isSensitiveHeader, isSensitiveParameter } from "./sensitive-names.ts";

/** Secret in a body, beside what headers may be called. */
const FIELDS: ReadonlySet<string> = new Set(["pwd", "pass", "pin", "otp", "ssn", "cvc", "cvv", "cvv2", "card_number"]);
/** The places in lists are called tokens too, and are none. */
const PLACE = /(?:page|cursor|next|prev|previous|sync|continuation)[-_]?token$/i;
/** No sensitive name lacks all of these; a search for them is cheap, and most of a body has none. */
const SUSPECT = /token|secret|pass|credential|key|jwt|session|auth|cookie|pwd|pin|otp|ssn|cvc|cvv|card/gi;
/** Longer names are no names. */
const MAX_NAME = 100;

/** Is a field's value a secret, going by its name? @example isSensitiveField("clientSecret") // true */
export function isSensitiveField(name: string): boolean {
  const known = verdicts.get(name);
  if (known !== undefined) return known;
  const verdict = judged(name);
  if (verdicts.size >= 5_000) verdicts.clear();
  verdicts.set(name, verdict);
  return verdict;
}

/** Bodies have the same names again and again. */
const verdicts = new Map<string, boolean>();

function judged(name: string): boolean {
  if (PLACE.test(name)) return false;
  const snake = name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
  return FIELDS.has(snake) || isSensitiveHeader(snake);
}

/** The same for a name in a query or form, where `key` alone is one. */
export const isSensitiveInput = (name: string): boolean =>
  isSensitiveField(name) || (isSensitiveParameter(name) && !PLACE.test(name));

/**
 * Hide the values of sensitive fields in a body of JSON, a form or XML. Works on the text, so that everything else stays
 * as it went over the wire, and a body that was cut off is covered as well.
 *
 * @example hideFields('{"password":"x","n":1}', "application/json") // '{"password":"[redacted]","n":1}'
 */
export function hideFields(text: string, contentType: string | undefined): string {
  SUSPECT.lastIndex = 0;
  if (!SUSPECT.test(text)) return text;
  if (/x-www-form-urlencoded/i.test(contentType ?? "")) return hideInForm(text);
  const hidden = /^\s*</.test(text) ? hideInXml(text) : hideInJson(text);
  return hidden.includes("=") ? hideParameters(hidden) : hidden;
}

/** A link to the next page may carry the token, and a text may hold a form. */
const hideParameters = (text: string): string =>
  text.replace(PARAMETER, (whole, mark: string, name: string) =>
    isSensitiveField(name) ? `${mark}${name}=${REDACTED}` : whole,
  );

const PARAMETER = /(^|[?&;"'>\s])([A-Za-z][\w.-]{0,60})=[^&;\s"'\\<>]+/g;

function hideInJson(text: string): string {
  let out = "";
  let copied = 0;
  SUSPECT.lastIndex = 0;
  for (let match = SUSPECT.exec(text); match; match = SUSPECT.exec(text)) {
    const field = fieldAt(text, match.index);
    if (field === null || !isSensitiveField(field.name)) continue;
    const { from, nested } = field;
    const to = valueEnd(text, from, nested ? NESTED : PLAIN);
    SUSPECT.lastIndex = to;
    if (HARMLESS.test(text.slice(from, Math.min(to, from + 20)))) continue;
    out += text.slice(copied, from) + (nested ? `\\"${REDACTED}\\"` : `"${REDACTED}"`);
    copied = to;
  }
  return out + text.slice(copied);
}

interface Field {
  readonly name: string;
  /** Where its value begins. */
  readonly from: number;
  /** It stands in JSON that is a text within JSON. */
  readonly nested: boolean;
}

/** The JSON field in whose name this place is; `null` when it is in no name. */
function fieldAt(text: string, place: number): Field | null {
  const start = text.slice(Math.max(0, place - MAX_NAME), place).lastIndexOf('"');
  const end = text.slice(place, place + MAX_NAME).indexOf('"');
  if (start < 0 || end < 0) return null;
  const opens = Math.max(0, place - MAX_NAME) + start;
  const nested = text[opens - 1] === "\\";
  const name = text.slice(opens + 1, place + end - (nested ? 1 : 0));
  if (name.includes("\\") || (nested && text[place + end - 1] !== "\\")) return null;
  COLON.lastIndex = place + end + 1;
  return COLON.test(text) ? { name, from: COLON.lastIndex, nested } : null;
}

const COLON = /\s{0,20}:\s{0,100}/y;

const HARMLESS = /^(?:true|false|null|(?:\\?")(?:\[redacted\])?(?:\\?"))?$/;

/** How texts and brackets are written: in JSON itself, and in JSON that is a text within JSON. None matches in two ways. */
interface Spelling {
  readonly text: RegExp;
  readonly mark: RegExp;
  readonly word: RegExp;
}

const PLAIN: Spelling = {
  text: /"(?:[^"\\]|\\.)*(?:"|\\?$)/sy,
  mark: /"(?:[^"\\]|\\.)*"?|[{}[\]]/gs,
  word: /[^,}\]\s]*/y,
};
const NESTED: Spelling = {
  text: /\\"(?:[^"\\]|\\\\(?:\\.|[^\\]))*(?:\\"|\\{0,3}$|(?="))/sy,
  mark: /\\"(?:[^"\\]|\\\\(?:\\.|[^\\]))*(?:\\")?|[{}[\]"]/gs,
  word: /[^,}\]\s"\\]*/y,
};

/** Where the value that begins here ends; the end of the text when it was cut off. */
function valueEnd(text: string, from: number, spelling: Spelling): number {
  const first = text[from];
  if (first === "{" || first === "[") return bracketEnd(text, from, spelling);
  const pattern = first === '"' || first === "\\" ? spelling.text : spelling.word;
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : text.length;
}

function bracketEnd(text: string, from: number, { mark }: Spelling): number {
  mark.lastIndex = from;
  let depth = 0;
  for (let match = mark.exec(text); match; match = mark.exec(text)) {
    const [found] = match;
    if (found === "{" || found === "[") depth++;
    else if (found === "}" || found === "]") depth--;
    else if (found === '"' && mark === NESTED.mark) return match.index; // the text around it ends here
    if (depth === 0) return mark.lastIndex;
  }
  return text.length;
}

/** `user[password]=x` is named by its last part. */
function hideInForm(text: string): string {
  return text.replace(/(^|&)([^&=]+)=([^&]*)/g, (whole, mark: string, name: string, value: string) => {
    const last =
      decoded(name)
        .replace(/(?:\[\d*\])+$/, "")
        .split(/[[\].]+/)
        .filter(Boolean)
        .at(-1) ?? "";
    return isSensitiveInput(last) && value !== "" ? `${mark}${name}=${REDACTED}` : whole;
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

/** An element's text, and attributes. Without prefixes; `wsse:Password` is a password. */
function hideInXml(text: string): string {
  const local = (name: string) => name.slice(name.indexOf(":") + 1);
  return text
    .replace(/<([A-Za-z][\w:.-]*)((?:\s[^<>]*)?)>([^<]+)/g, (whole, name: string, attributes: string, value: string) =>
      isSensitiveField(local(name)) && value.trim() !== "" ? `<${name}${attributes}>${REDACTED}` : whole,
    )
    .replace(/<[A-Za-z][^<>]*>/g, (tag) =>
      tag.replace(
        /(?<![\w:.-])([A-Za-z][\w:.-]{0,80})(\s*=\s*)(?:"[^"]*"|'[^']*')/g,
        (whole, name: string, between: string) =>
          isSensitiveField(local(name)) ? `${name}${between}"${REDACTED}"` : whole,
      ),
    );
}
