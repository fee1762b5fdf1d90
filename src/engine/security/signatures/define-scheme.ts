import { cleanIdentity } from "./clean-identity.ts";
import { type Refusal, secretNotSet, signatureMismatch, staleTime } from "./rejection-message.ts";
import type { SignatureInput } from "./signature-input.ts";
import type { EventIdentity, SignatureScheme, SignatureVerdict, VerifyOptions } from "./signature-scheme.ts";

/** The replay window of every scheme that signs a time, in seconds. */
const DEFAULT_TOLERANCE_SEC = 300;

/** Thrown by `matches` when a secret is no key at all, e.g. not base64. `message` is shown to the operator. */
export class UnusableSecretError extends Error {
  override readonly name = "UnusableSecretError";
}

/** What a request says about its signature, before any secret is tried. */
export type SignatureReading =
  | { readonly refusal: Refusal }
  | {
      /** In constant time. @throws UnusableSecretError */
      readonly matches: (secret: string) => boolean;
      /** The signed time in milliseconds. Asked only after a secret matched, so that it may parse the body. */
      readonly signedAt?: () => number | Refusal;
    };

export interface SchemeSpec extends Omit<SignatureScheme, "verify" | "identify" | "signsUrl"> {
  readonly signsUrl?: boolean;
  readonly toleranceSec?: number;
  readonly read: (input: SignatureInput) => SignatureReading;
  readonly identify: (headers: Readonly<Record<string, string>>, payload: unknown) => EventIdentity;
}

/** Build a scheme from how it reads a request: trying the secrets, the replay window and the sentences are the same for all. */
export function defineScheme(spec: SchemeSpec): SignatureScheme {
  const { read, toleranceSec: ownToleranceSec, identify, ...facts } = spec;
  const signsUrl = spec.signsUrl ?? false;

  function judge(input: SignatureInput, secrets: readonly string[], options: VerifyOptions): SignatureVerdict {
    if (secrets.every((secret) => secret === "")) return reject(secretNotSet());
    const reading = read(input);
    if ("refusal" in reading) return reject(reading.refusal);

    const { secretIndex, tried, unusable } = tryAll(secrets, reading.matches);
    if (secretIndex === -1) {
      if (tried === 0) return reject({ reason: "verifier_failed", message: unusable ?? "No secret could be tried." });
      return reject(signatureMismatch(tried, signsUrl));
    }
    if (reading.signedAt === undefined) return { ok: true, scheme: spec.name, secretIndex };

    const signedAt = reading.signedAt();
    if (typeof signedAt !== "number") return reject(signedAt);
    const toleranceSec = options.toleranceSec ?? ownToleranceSec ?? DEFAULT_TOLERANCE_SEC;
    const stale = staleTime(signedAt, Number(options.now ?? Date.now()), toleranceSec);
    if (stale !== null) return reject(stale);
    return { ok: true, scheme: spec.name, secretIndex, signedAt: new Date(signedAt) };
  }

  const reject = (refusal: Refusal): SignatureVerdict => ({ ok: false, scheme: spec.name, ...refusal });

  return {
    ...facts,
    signsUrl,
    verify(input, secrets, options = {}) {
      try {
        return judge(input, secrets, options);
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error);
        return reject({ reason: "verifier_failed", message: `The signature could not be checked: ${detail}` });
      }
    },
    identify(headers, payload) {
      try {
        return cleanIdentity(identify(headers, payload));
      } catch {
        return {};
      }
    },
  };
}

/** Empty places are skipped but keep their index. A secret that is no key does not stop the others. */
function tryAll(secrets: readonly string[], matches: (secret: string) => boolean) {
  let unusable: string | undefined;
  let tried = 0;
  for (const [secretIndex, secret] of secrets.entries()) {
    if (secret === "") continue;
    try {
      if (matches(secret)) return { secretIndex, tried, unusable };
      tried++;
    } catch (error) {
      if (!(error instanceof UnusableSecretError)) throw error;
      unusable ??= error.message;
    }
  }
  return { secretIndex: -1, tried, unusable };
}
