import { createHmac } from "node:crypto";
import { defineScheme, type SchemeSpec, type SignatureReading } from "./define-scheme.ts";
import { decodeBytes, type SignatureEncoding, sameBytes } from "./encoded-bytes.ts";
import { type HmacTime, readHmacTime } from "./hmac-time.ts";
import { signatureMalformed, signatureMissing } from "./rejection-message.ts";
import { signatureFields } from "./signature-fields.ts";
import type { SignatureInput } from "./signature-input.ts";
import type { SignOptions } from "./signature-scheme.ts";
import { writeSignedTime } from "./signed-time.ts";
import { compileSigningTemplate } from "./signing-template.ts";

/** Where the signature stands: alone in its header, or as a named field of it (`t=…,v1=…`). */
export type SignaturePlace =
  | { readonly header: string; readonly prefix?: string }
  | { readonly header: string; readonly separator: "," | ";"; readonly field: string };

/** An HMAC scheme as data: most providers differ in nothing else. */
export interface HmacRecipe {
  readonly algorithm: "sha1" | "sha256" | "sha512";
  readonly encoding: SignatureEncoding;
  readonly place: SignaturePlace;
  /** See `compileSigningTemplate`. */
  readonly template: string;
  readonly time?: HmacTime;
  /** Spellings of the URL that may have been signed; the first is used for signing. Default: the URL as it is. */
  readonly urls?: (url: string) => readonly [string, ...string[]];
}

export type HmacFacts = Omit<SchemeSpec, "read" | "sign" | "signsTime" | "signsUrl">;

/**
 * A scheme whose signature is an HMAC of a template.
 *
 * @throws TypeError when the template is wrong, or does not cover the time it is judged by.
 */
export function hmacScheme(facts: HmacFacts, recipe: HmacRecipe) {
  const { algorithm, encoding, place, time } = recipe;
  const template = compileSigningTemplate(recipe.template);
  const urlsOf = recipe.urls ?? ((url: string) => [url] as const);
  const timeIsSigned = time === undefined || "bodyField" in time || template.uses("timestamp");
  if (!timeIsSigned) throw new TypeError(`The template "${recipe.template}" does not sign the {timestamp}.`);
  if (time === undefined && template.uses("timestamp")) {
    throw new TypeError(`The template "${recipe.template}" needs to know where the timestamp is.`);
  }

  function mac(input: SignatureInput, url: string, timestamp: string, secret: string): Buffer {
    const hmac = createHmac(algorithm, secret);
    for (const piece of template.pieces(input, url, timestamp)) hmac.update(piece);
    return hmac.digest();
  }

  function read(input: SignatureInput): SignatureReading {
    const header = input.headers[place.header] ?? "";
    if (header === "") return { refusal: signatureMissing(place.header) };
    const candidates = candidatesIn(header, place, encoding);
    if (candidates.length === 0) return { refusal: malformed(place, encoding) };
    const unsigned = template.headers.find((name) => (input.headers[name] ?? "") === "");
    if (unsigned !== undefined) return { refusal: signatureMissing(unsigned) };

    const moment = time === undefined ? undefined : readHmacTime(time, input, header);
    if (moment !== undefined && "reason" in moment) return { refusal: moment };
    const timestamp = moment?.text ?? "";
    const urls = template.uses("url") ? urlsOf(input.url) : [input.url];
    return {
      signedAt: moment?.signedAt,
      matches: (secret) =>
        urls.some((url) => {
          const expected = mac(input, url, timestamp, secret);
          return candidates.some((candidate) => sameBytes(candidate, expected));
        }),
    };
  }

  function sign(request: SignatureInput, secret: string, options: SignOptions = {}): SignatureInput {
    const timestamp = time === undefined ? "" : writeSignedTime(options.now, time.unit);
    const input = time !== undefined && "bodyField" in time ? time.stamp(request, timestamp) : request;
    const signature = mac(input, urlsOf(input.url)[0], timestamp, secret).toString(encoding);
    const headers: Record<string, string> = { ...input.headers };
    if (time !== undefined && "header" in time) headers[time.header] = timestamp;
    headers[place.header] = written(place, signature, time, timestamp);
    return { ...input, headers };
  }

  return defineScheme({ ...facts, signsTime: time !== undefined, signsUrl: template.uses("url"), read, sign });
}

function candidatesIn(header: string, place: SignaturePlace, encoding: SignatureEncoding): Buffer[] {
  const texts =
    "field" in place ? (signatureFields(header, place.separator).get(place.field) ?? []) : withoutPrefix(header, place);
  return texts.flatMap((text) => decodeBytes(text, encoding) ?? []);
}

function withoutPrefix(header: string, { prefix = "" }: { readonly prefix?: string }): string[] {
  return header.startsWith(prefix) ? [header.slice(prefix.length)] : [];
}

function malformed(place: SignaturePlace, encoding: SignatureEncoding) {
  const shape = "field" in place ? `${place.field}=…` : `${place.prefix ?? ""}…`;
  return signatureMalformed(`The ${place.header} header does not read "${shape}" in ${encoding}.`);
}

function written(place: SignaturePlace, signature: string, time: HmacTime | undefined, timestamp: string): string {
  if (!("field" in place)) return `${place.prefix ?? ""}${signature}`;
  const stamp = time !== undefined && "field" in time ? `${time.field}=${timestamp}${place.separator}` : "";
  return `${stamp}${place.field}=${signature}`;
}
