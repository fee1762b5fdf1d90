import { REDACTED } from "../security/redaction.ts";
import { isSensitiveHeader, isSensitiveParameter } from "../security/sensitive-names.ts";

/** Secret in a body, beside what headers may be called. */
const FIELDS: ReadonlySet<string> = new Set(["pwd", "pass", "pin", "otp", "ssn", "cvc", "cvv", "cvv2", "card_number"]);
/** The places in lists are called tokens too, and are none. */
const PLACE = /(?:page|cursor|next|prev|previous|sync|continuation)[-_]?token$/i;
/** No sensitive name lacks all of these; most bodies do, and a search for them is cheap. */
const WORDS = "token|secret|pass|credential|key|jwt|session|auth|cookie|pwd|pin|otp|ssn|cvc|cvv|card";
const SUSPECT = new RegExp(WORDS, "i");
/** Names are bounded: else a long text of such words would take time in the square of its length. */
const JSON_NAME = new RegExp(`(\\\\?)"([^"\\\\]{0,80}?(?:${WORDS})[^"\\\\]{0,80})\\1"\\s*:\\s*`, "gi");

/** Is a field's value a secret, going by its name? @example isSensitiveField("clientSecret") // true */
export function isSensitiveField(name: string): boolean {
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
  if (!SUSPECT.test(text)) return text;
  if (/x-www-form-urlencoded/i.test(contentType ?? "")) return hideInForm(text);
  return hideParameters(/^\s*</.test(text) ? hideInXml(text) : hideInJson(text));
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
  JSON_NAME.lastIndex = 0;
  for (let match = JSON_NAME.exec(text); match; match = JSON_NAME.exec(text)) {
    if (!isSensitiveField(match[2] ?? "")) continue;
    const from = JSON_NAME.lastIndex;
    const nested = match[1] !== "";
    const to = valueEnd(text, from, nested ? NESTED : PLAIN);
    JSON_NAME.lastIndex = to;
    if (HARMLESS.test(text.slice(from, Math.min(to, from + 20)))) continue;
    out += text.slice(copied, from) + (nested ? `\\"${REDACTED}\\"` : `"${REDACTED}"`);
    copied = to;
  }
  return out + text.slice(copied);
}

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
      !SUSPECT.test(tag)
        ? tag
        : tag.replace(
            /(?<![\w:.-])([A-Za-z][\w:.-]{0,80})(\s*=\s*)(?:"[^"]*"|'[^']*')/g,
            (whole, name: string, between: string) =>
              isSensitiveField(local(name)) ? `${name}${between}"${REDACTED}"` : whole,
          ),
    );
}
