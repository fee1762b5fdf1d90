import type { SignatureInput } from "./signature-input.ts";
import type { SignatureScheme, SignatureVerdict, VerifyOptions } from "./signature-scheme.ts";

/**
 * Check a request against a scheme. Never throws: whatever goes wrong is a
 * verdict with a reason and one sentence for the operator.
 *
 * @param secrets all that are valid now; during a rotation two. Empty texts are skipped.
 * @example
 * const verdict = verifySignature(stripeSignature(), { method, url, headers, body }, [secret, previous], { now });
 * if (!verdict.ok) reject(verdict.reason, verdict.message);
 */
export function verifySignature(
  scheme: SignatureScheme,
  input: SignatureInput,
  secrets: readonly string[],
  options: VerifyOptions = {},
): SignatureVerdict {
  try {
    return scheme.verify(input, secrets, options);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const message = `The signature could not be checked: ${detail}`;
    return { ok: false, scheme: scheme.name, reason: "verifier_failed", message };
  }
}
