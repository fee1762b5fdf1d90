const SIMPLE: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  e: 27,
  E: 27,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  "\\": 92,
  "'": 39,
  '"': 34,
  "?": 63,
};

const ESCAPES: readonly (readonly [RegExp, (digits: string) => Uint8Array])[] = [
  [/^x([0-9a-fA-F]{1,2})/, (hex) => Uint8Array.of(Number.parseInt(hex, 16))],
  [/^u([0-9a-fA-F]{1,4})/, (hex) => utf8(Number.parseInt(hex, 16))],
  [/^U([0-9a-fA-F]{1,8})/, (hex) => utf8(Number.parseInt(hex, 16))],
  [/^([0-7]{1,3})/, (octal) => Uint8Array.of(Number.parseInt(octal, 8) & 0xff)],
  [/^c([\s\S])/, (letter) => Uint8Array.of((letter.codePointAt(0) ?? 0) & 0x1f)],
];

/**
 * The text of `$'…'`, whose escapes stand for bytes. Like in a shell it ends at a NUL.
 *
 * @param start behind the opening quote
 * @returns `null` when it does not end
 */
export function ansiC(source: string, start: number): { readonly text: string; readonly end: number } | null {
  const bytes: number[] = [];
  for (let at = start; at < source.length; ) {
    const character = source[at] ?? "";
    if (character === "'") return { text: textOf(bytes), end: at + 1 };
    if (character !== "\\") {
      const whole = String.fromCodePoint(source.codePointAt(at) ?? 0);
      bytes.push(...new TextEncoder().encode(whole));
      at += whole.length;
      continue;
    }
    const rest = source.slice(at + 1, at + 10);
    const [next = ""] = rest;
    if (rest === "") return null;
    const simple = Object.hasOwn(SIMPLE, next) ? SIMPLE[next] : undefined;
    const [read, digits] = simple === undefined ? escapeIn(rest) : [Uint8Array.of(simple), next];
    bytes.push(...(read ?? new TextEncoder().encode("\\")));
    at += 1 + (read ? digits.length : 0);
  }
  return null;
}

function escapeIn(rest: string): readonly [Uint8Array | null, string] {
  for (const [pattern, bytesOf] of ESCAPES) {
    const match = pattern.exec(rest);
    if (match) return [bytesOf(match[1] ?? ""), match[0]];
  }
  return [null, ""]; // an unknown escape stands for itself
}

const utf8 = (code: number): Uint8Array =>
  new TextEncoder().encode(code > 0x10ffff ? "\uFFFD" : String.fromCodePoint(code));

function textOf(bytes: readonly number[]): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(Uint8Array.from(end === -1 ? bytes : bytes.slice(0, end)));
}
