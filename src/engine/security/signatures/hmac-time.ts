import { type Refusal, timestampMissing } from "./rejection-message.ts";
import { signatureFields } from "./signature-fields.ts";
import type { SignatureInput } from "./signature-input.ts";
import { readSignedTime, type TimestampUnit } from "./signed-time.ts";

/** Where the signed time stands: in a header of its own, in a field of the signature's header, or inside the JSON body. */
export type HmacTime =
  | { readonly header: string; readonly unit: TimestampUnit }
  | { readonly field: string; readonly separator: "," | ";"; readonly unit: TimestampUnit }
  | {
      readonly bodyField: string;
      readonly unit: TimestampUnit;
      /** Write the time into a body that is about to be signed. */
      readonly stamp: (input: SignatureInput, timestamp: string) => SignatureInput;
    };

/** The time as it was sent, for the template, and the moment it means. */
export interface SignedMoment {
  readonly text: string;
  readonly signedAt: () => number | Refusal;
}

export function readHmacTime(time: HmacTime, input: SignatureInput, header: string): SignedMoment | Refusal {
  if ("bodyField" in time) return { text: "", signedAt: () => timeInBody(time.bodyField, time.unit, input.body) };
  const inHeader = "header" in time;
  const text = inHeader ? input.headers[time.header] : signatureFields(header, time.separator).get(time.field)?.[0];
  const where = inHeader ? `${time.header} header` : `"${time.field}=" in the signature header`;
  if (text === undefined || text === "") return timestampMissing(where);
  const signedAt = readSignedTime(text, time.unit, inHeader ? `The ${where}` : `The field ${where}`);
  return typeof signedAt === "number" ? { text, signedAt: () => signedAt } : signedAt;
}

/** Parsed only after the signature matched, so that a stranger cannot make us parse. */
function timeInBody(field: string, unit: TimestampUnit, body: Uint8Array): number | Refusal {
  const missing = timestampMissing(`"${field}" in the body`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(body).toString("utf8"));
  } catch {
    return missing;
  }
  if (typeof parsed !== "object" || parsed === null || !Object.hasOwn(parsed, field)) return missing;
  const value: unknown = Reflect.get(parsed, field);
  if (typeof value !== "string" && typeof value !== "number") return missing;
  return readSignedTime(String(value), unit, `"${field}" in the body`);
}
