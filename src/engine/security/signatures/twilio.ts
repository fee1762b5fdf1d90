import { createHash, createHmac } from "node:crypto";
import { defineScheme, type SignatureReading } from "./define-scheme.ts";
import { decodeBytes, sameBytes } from "./encoded-bytes.ts";
import { signatureMalformed, signatureMissing } from "./rejection-message.ts";
import type { SignatureInput } from "./signature-input.ts";
import type { SignatureScheme } from "./signature-scheme.ts";
import { identifyTwilio } from "./twilio-identity.ts";
import { twilioUrls } from "./twilio-urls.ts";

const HEADER = "x-twilio-signature";

/**
 * `X-Twilio-Signature: <base64>`, HMAC-SHA1 over the URL and the form's fields
 * in the order of their names. A JSON body is covered by its digest in the
 * URL's `bodySHA256`.
 *
 * @example wire({ verify: twilioSignature() })
 */
export const twilioSignature = (): SignatureScheme =>
  defineScheme({
    name: "twilio",
    label: "Twilio",
    secretLabel: "Auth token",
    secretHelp: "Console, Account Info, Auth Token of the primary account.",
    sourceUrl: "https://www.twilio.com/docs/usage/webhooks/webhooks-security",
    signsTime: false,
    signsUrl: true,
    read,
    sign(input, secret) {
      const url = isForm(input) || input.body.length === 0 ? input.url : withDigest(input.url, input.body);
      const signature = mac(secret, url, signedFields({ ...input, url })).toString("base64");
      return { ...input, url, headers: { ...input.headers, [HEADER]: signature } };
    },
    identify: identifyTwilio,
  });

function read(input: SignatureInput): SignatureReading {
  const header = input.headers[HEADER] ?? "";
  if (header === "") return { refusal: signatureMissing(HEADER) };
  const given = decodeBytes(header, "base64");
  if (given === null) return { refusal: signatureMalformed(`The ${HEADER} header is not base64.`) };
  const digest = digestInUrl(input.url);
  if (digest === null && !isForm(input) && input.body.length > 0) {
    const detail = "The body is no form and the URL has no bodySHA256, so the signature does not cover the body.";
    return { refusal: signatureMalformed(detail) };
  }
  const bodyIsCovered = digest === null || digestMatches(digest, input.body);
  const fields = signedFields(input);
  return {
    matches: (secret) =>
      twilioUrls(input.url).some((url) => sameBytes(given, mac(secret, url, fields))) && bodyIsCovered,
  };
}

const mac = (secret: string, url: string, fields: string): Buffer =>
  createHmac("sha1", secret).update(url).update(fields).digest();

const isForm = (input: SignatureInput): boolean =>
  /^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(input.headers["content-type"] ?? "");

/** Name and value after each other, by name; a name sent twice gives each of its values once. */
function signedFields(input: SignatureInput): string {
  if (digestInUrl(input.url) !== null || !isForm(input)) return "";
  const form = new URLSearchParams(Buffer.from(input.body).toString("utf8"));
  return [...new Set(form.keys())]
    .sort()
    .flatMap((name) => [...new Set(form.getAll(name))].sort().map((value) => name + value))
    .join("");
}

function digestInUrl(url: string): string | null {
  const start = url.indexOf("?");
  return start === -1 ? null : new URLSearchParams(url.slice(start)).get("bodySHA256");
}

function digestMatches(digest: string, body: Uint8Array): boolean {
  const given = decodeBytes(digest, "hex");
  return given !== null && sameBytes(given, createHash("sha256").update(body).digest());
}

function withDigest(url: string, body: Uint8Array): string {
  const digest = createHash("sha256").update(body).digest("hex");
  return `${url}${url.includes("?") ? "&" : "?"}bodySHA256=${digest}`;
}
