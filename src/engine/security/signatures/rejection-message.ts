import type { RejectionReason } from "../../../contract/index.ts";

/** A reason for the table, and a sentence for the operator. */
export interface Refusal {
  readonly reason: RejectionReason;
  readonly message: string;
}

export const secretNotSet = (): Refusal => ({
  reason: "secret_not_set",
  message: "No signing secret is set for this wire. Set it, then let the provider send again.",
});

export const signatureMissing = (header: string): Refusal => ({
  reason: "signature_missing",
  message: `The ${header} header is missing. Does the sender sign its requests?`,
});

export const signatureMalformed = (detail: string): Refusal => ({
  reason: "signature_malformed",
  message: `${detail} Is another provider calling this address?`,
});

export const timestampMissing = (where: string): Refusal => ({
  reason: "timestamp_missing",
  message: `The signed time is missing: no ${where}. Did a proxy remove it?`,
});

/** @param secrets how many were tried. */
export function signatureMismatch(secrets: number, signsUrl: boolean): Refusal {
  const which = secrets === 1 ? "the secret" : secrets === 2 ? "either secret" : `any of the ${secrets} secrets`;
  const ask = signsUrl
    ? "Was the body changed on the way, or is KHOTAN_WEBHOOK_URL not the address that the provider calls?"
    : "Was the body changed on the way?";
  return { reason: "signature_mismatch", message: `Signature does not match ${which}. ${ask}` };
}

/** `null` while the signed time is within the limit. */
export function staleTime(signedAtMs: number, nowMs: number, toleranceSec: number): Refusal | null {
  const ageSec = (nowMs - signedAtMs) / 1000;
  if (Math.abs(ageSec) <= toleranceSec) return null;
  const [distance, limit] = inOneUnit(Math.abs(ageSec), toleranceSec);
  const side = ageSec > 0 ? "before it came" : "ahead of this clock";
  return {
    reason: "timestamp_stale",
    message: `Signed ${distance} ${side}; the limit is ${limit}. Check the sender's clock.`,
  };
}

/** "11 min" and "5", as a person says it; the limit repeats its unit only where it differs. */
function inOneUnit(seconds: number, limitSec: number): [string, string] {
  const limitInMin = limitSec >= 60 && limitSec % 60 === 0;
  const limit = limitInMin ? `${limitSec / 60} min` : `${limitSec} s`;
  if (!Number.isFinite(seconds)) return ["at no readable time", limit];
  if (seconds >= 172_800) return [`${Math.floor(seconds / 86_400)} days`, limit];
  if (seconds >= 7_200) return [`${Math.floor(seconds / 3_600)} h`, limit];
  if (limitInMin && Math.floor(seconds / 60) > limitSec / 60)
    return [`${Math.floor(seconds / 60)} min`, `${limitSec / 60}`];
  return [`${Math.floor(seconds)} s`, limitInMin ? `${limitSec} s` : `${limitSec}`];
}
