import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { REJECTION_REASONS } from "../../../contract/index.ts";
import type { SignatureInput } from "./signature-input.ts";
import type { SignatureScheme } from "./signature-scheme.ts";
import { verifySignature } from "./verify-signature.ts";

/** What a scheme must be given to be judged by the suite that all of them pass. */
export interface ConformanceSample {
  readonly scheme: SignatureScheme;
  /** Two pairs. In symmetric schemes both halves are the same text. */
  readonly keys: readonly [KeyPair, KeyPair];
  /** Unsigned. */
  readonly request: SignatureInput;
  /** Headers that verification reads; each is removed and mangled in turn. */
  readonly headers: readonly string[];
}

export interface KeyPair {
  readonly verify: string;
  readonly sign: string;
}

/** The same secret signs and verifies. */
export const sharedKey = (secret: string): KeyPair => ({ verify: secret, sign: secret });

export const NOW = Date.UTC(2026, 10, 20, 9, 30);

export function jsonRequest(body: unknown, headers: Record<string, string> = {}): SignatureInput {
  return {
    method: "POST",
    url: "https://hub.example.com/api/khotan/webhook/sample?x=1",
    headers: { "content-type": "application/json", ...headers },
    body: Buffer.from(JSON.stringify(body)),
  };
}

/** What every scheme guarantees. */
export function describeScheme({ scheme, keys: [key, other], request, headers }: ConformanceSample): void {
  const sign = (now: number, pair = key): SignatureInput => {
    if (scheme.sign === undefined) throw new Error(`${scheme.name} cannot sign`);
    return scheme.sign(request, pair.sign, { now });
  };
  const verify = (input: SignatureInput, secrets = [key.verify], now = NOW) =>
    verifySignature(scheme, input, secrets, { now });
  const reasonOf = (input: SignatureInput, secrets = [key.verify], now = NOW) => {
    const verdict = verify(input, secrets, now);
    return verdict.ok ? "accepted" : verdict.reason;
  };
  const signed = sign(NOW);

  describe(`${scheme.name}, as every scheme`, () => {
    it("accepts a genuine request", () => {
      const verdict = verify(signed);
      expect(verdict).toMatchObject({ ok: true, scheme: scheme.name, secretIndex: 0 });
      if (!verdict.ok) throw new Error("unreachable");
      expect(verdict.signedAt?.getTime()).toBe(scheme.signsTime ? NOW : undefined);
    });

    it("says which of several secrets matched, and skips empty ones", () => {
      expect(verify(signed, [other.verify, key.verify])).toMatchObject({ ok: true, secretIndex: 1 });
      expect(verify(signed, ["", other.verify, key.verify])).toMatchObject({ ok: true, secretIndex: 2 });
    });

    it("refuses a body in which any byte was changed", () => {
      fc.assert(
        fc.property(fc.nat(signed.body.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
          const body = Uint8Array.from(signed.body, (byte, index) => (index === at ? byte ^ flip : byte));
          // A form can say the same in other bytes, e.g. "%2B" and "%2b"; what it says must not change.
          fc.pre(!sameForm(signed, body));
          expect(reasonOf({ ...signed, body })).toBe("signature_mismatch");
        }),
        { numRuns: 60 },
      );
      expect(reasonOf({ ...signed, body: new Uint8Array() })).toBe("signature_mismatch");
    });

    it("refuses the wrong secret, in the brief's words", () => {
      const one = verify(signed, [other.verify]);
      expect(one).toMatchObject({ ok: false, scheme: scheme.name, reason: "signature_mismatch" });
      expect(!one.ok && one.message).toMatch(/^Signature does not match the secret\. Was the body changed on the way/);
      const two = verify(signed, [other.verify, other.verify]);
      expect(!two.ok && two.message).toMatch(/^Signature does not match either secret\. Was the body changed/);
    });

    it("says that no secret is set", () => {
      expect(reasonOf(signed, [])).toBe("secret_not_set");
      expect(reasonOf(signed, [""])).toBe("secret_not_set");
    });

    it.each(headers)("says what is missing without %s", (name) => {
      const rest = Object.fromEntries(Object.entries(signed.headers).filter(([each]) => each !== name));
      expect(reasonOf({ ...signed, headers: rest })).toMatch(/^(signature|timestamp)_missing$/);
      expect(reasonOf({ ...signed, headers: { ...rest, [name]: "" } })).toMatch(/^(signature|timestamp)_missing$/);
    });

    it("never throws and never accepts, whatever the headers and the body are", () => {
      const anyValue = (name: string) => fc.oneof(mangled(signed.headers[name] ?? ""), fc.string());
      const headerArb = fc
        .subarray([...headers])
        .chain((names) => fc.tuple(...names.map((name) => fc.tuple(fc.constant(name), anyValue(name)))))
        .map((entries) => Object.fromEntries(entries));
      const input = fc.record({
        method: fc.string(),
        url: fc.oneof(fc.webUrl({ withQueryParameters: true }), fc.string()),
        headers: headerArb,
        body: fc.uint8Array({ maxLength: 64 }),
      });
      const secrets = fc.array(fc.oneof(fc.string(), fc.constantFrom(key.verify, other.verify)), { maxLength: 3 });
      fc.assert(
        fc.property(input, secrets, (request, tried) => {
          const verdict = verify(request, tried);
          expect(verdict.ok).toBe(false);
          if (verdict.ok) return;
          expect(REJECTION_REASONS).toContain(verdict.reason);
          expect(verdict.message).toMatch(/^\S.*[.?]$/s);
        }),
      );
    });

    it("identifies every payload without crashing, in short printable words", () => {
      fc.assert(
        fc.property(fc.dictionary(fc.string(), fc.string()), fc.anything(), (names, payload) => {
          const { type = "x", id = "x" } = scheme.identify(names, payload);
          for (const word of [type, id]) {
            expect(word.length).toBeGreaterThan(0);
            expect(word.length).toBeLessThanOrEqual(400);
            expect(word).not.toMatch(/[\p{Cc}\p{Cs}]/u);
          }
        }),
      );
      for (const payload of [null, undefined, [], [null], "text", 7, {}]) {
        expect(() => scheme.identify({}, payload)).not.toThrow();
      }
    });

    if (scheme.signsTime) {
      it("refuses what was signed more than 300 s ago or ahead, and nothing nearer", () => {
        expect(reasonOf(sign(NOW - 300_000))).toBe("accepted");
        expect(reasonOf(sign(NOW + 300_000))).toBe("accepted");
        expect(reasonOf(sign(NOW - 301_000))).toBe("timestamp_stale");
        expect(reasonOf(sign(NOW + 301_000))).toBe("timestamp_stale");
        const late = verify(sign(NOW - 11 * 60_000));
        expect(!late.ok && late.message).toBe(
          "Signed 11 min before it came; the limit is 5. Check the sender's clock.",
        );
      });

      it("takes another tolerance", () => {
        const input = sign(NOW - 400_000);
        expect(verifySignature(scheme, input, [key.verify], { now: new Date(NOW), toleranceSec: 600 }).ok).toBe(true);
        expect(verifySignature(scheme, signed, [key.verify], { now: NOW + 2_000, toleranceSec: 1 }).ok).toBe(false);
      });

      it("does not call a forgery stale", () => {
        expect(reasonOf(sign(NOW - 3_600_000), [other.verify])).toBe("signature_mismatch");
      });
    }

    if (scheme.signsUrl) {
      it("refuses another URL, and says that the address may be the reason", () => {
        const verdict = verify({ ...signed, url: signed.url.replace("hub.example.com", "internal:3000") });
        expect(verdict).toMatchObject({ ok: false, reason: "signature_mismatch" });
        expect(!verdict.ok && verdict.message).toContain("KHOTAN_WEBHOOK_URL");
      });
    }
  });
}

/** A true header value with one piece cut out, doubled or replaced. */
function mangled(value: string): fc.Arbitrary<string> {
  return fc
    .tuple(fc.nat(value.length), fc.nat(8), fc.string({ maxLength: 4 }))
    .map(([at, cut, insert]) => value.slice(0, at) + insert + value.slice(at + cut));
}

function sameForm({ headers, body }: SignatureInput, changed: Uint8Array): boolean {
  if (!(headers["content-type"] ?? "").includes("form")) return false;
  const fields = (bytes: Uint8Array) => new URLSearchParams(Buffer.from(bytes).toString("utf8"));
  const joined = (form: URLSearchParams) => [...form].sort().flat().join("");
  return joined(fields(body)) === joined(fields(changed));
}
