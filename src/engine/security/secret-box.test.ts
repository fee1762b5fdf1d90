import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createSecretBox,
  type Envelope,
  envelopeSchema,
  SecretBoxTamperedError,
  SecretKeyMissingError,
  SecretTooShortError,
} from "./secret-box.ts";

const OLD = "0".repeat(64);
const NEW = "1".repeat(64);
const text = fc.string({ unit: "binary", maxLength: 200 });

/** Lone surrogates have no UTF-8 form; JSON from a database never holds them. */
const wellFormed = text.filter((value) => !/\p{Cs}/u.test(value));

describe("createSecretBox", () => {
  it("opens what it sealed, for every text and every row, also after a trip through JSON", () => {
    const box = createSecretBox({ secret: NEW });
    fc.assert(
      fc.property(wellFormed, wellFormed, (plaintext, aad) => {
        const stored = envelopeSchema.parse(JSON.parse(JSON.stringify(box.seal(plaintext, aad))));
        expect(box.open(stored, aad)).toBe(plaintext);
      }),
    );
  });

  it("never seals the same text to the same bytes, and never shows it", () => {
    const box = createSecretBox({ secret: NEW });
    fc.assert(
      fc.property(fc.string({ minLength: 8 }), (plaintext) => {
        const [one, two] = [box.seal(plaintext, "row"), box.seal(plaintext, "row")];
        expect(one.nonce).not.toBe(two.nonce);
        expect(one.data).not.toBe(two.data);
        expect(JSON.stringify(one)).not.toContain(plaintext);
      }),
    );
  });

  it("refuses an envelope that was moved to another row", () => {
    const box = createSecretBox({ secret: NEW });
    fc.assert(
      fc.property(wellFormed, wellFormed, wellFormed, (plaintext, aad, other) => {
        fc.pre(aad !== other);
        const envelope = box.seal(plaintext, aad);
        expect(() => box.open(envelope, other)).toThrow(SecretBoxTamperedError);
      }),
    );
  });

  it("refuses an envelope in which any one character was changed", () => {
    const box = createSecretBox({ secret: NEW });
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const field = fc.constantFrom("nonce", "data");
    fc.assert(
      fc.property(wellFormed, field, fc.nat(), fc.constantFrom(...alphabet), (plaintext, name, position, letter) => {
        const envelope = box.seal(plaintext, "row");
        const old = envelope[name];
        const at = position % old.length;
        fc.pre(old[at] !== letter);
        const changed: Envelope = { ...envelope, [name]: old.slice(0, at) + letter + old.slice(at + 1) };
        expect(() => box.open(changed, "row")).toThrow(SecretBoxTamperedError);
      }),
    );
  });

  it("knows one spelling only: spare bits, padding and other alphabets are refused", () => {
    const box = createSecretBox({ secret: NEW });
    const envelope = box.seal("", "row"); // 16 bytes of tag: the last of 22 characters has four spare bits
    const last = envelope.data.slice(-1);
    const respelled = { A: "B", Q: "R", g: "h", w: "x" }[last];
    expect(respelled).toBeDefined();
    for (const data of [envelope.data.slice(0, -1) + respelled, `${envelope.data}==`, ` ${envelope.data}`]) {
      expect(() => box.open({ ...envelope, data }, "row")).toThrow(SecretBoxTamperedError);
    }
  });

  it("refuses a truncated tag and a foreign shape instead of crashing", () => {
    const box = createSecretBox({ secret: NEW });
    const envelope = box.seal("", "row");
    expect(() => box.open({ ...envelope, data: envelope.data.slice(0, 10) }, "row")).toThrow(SecretBoxTamperedError);
    expect(() => box.open({ ...envelope, nonce: "" }, "row")).toThrow(SecretBoxTamperedError);
  });

  it("opens with a previous secret, and seals with the current one", () => {
    const before = createSecretBox({ secret: OLD });
    const envelope = before.seal("whsec_1", "row");
    const after = createSecretBox({ secret: NEW, previous: OLD });
    expect(after.open(envelope, "row")).toBe("whsec_1");
    expect(after.keyIds).toEqual([after.keyId, before.keyId]);
    expect(after.seal("whsec_1", "row").keyId).toBe(after.keyId);
    expect(after.hasKey(before.keyId)).toBe(true);
  });

  it("reads several previous secrets from one text or from a list", () => {
    const [a, b] = ["a".repeat(40), `${"b".repeat(40)},${"c".repeat(40)}`];
    const sealedByA = createSecretBox({ secret: a }).seal("A", "row");
    const sealedByB = createSecretBox({ secret: b }).seal("B", "row");
    expect(createSecretBox({ secret: NEW, previous: `${OLD}, ${a}` }).open(sealedByA, "row")).toBe("A");
    expect(createSecretBox({ secret: NEW, previous: [OLD, a] }).open(sealedByA, "row")).toBe("A");
    expect(createSecretBox({ secret: NEW, previous: b }).open(sealedByB, "row")).toBe("B");
    expect(createSecretBox({ secret: NEW, previous: "" }).keyIds).toHaveLength(1);
    expect(createSecretBox({ secret: NEW, previous: NEW }).keyIds).toHaveLength(1);
  });

  it("names the key it lacks and says that nothing was overwritten", () => {
    const envelope = createSecretBox({ secret: OLD }).seal("whsec_1", "row");
    const box = createSecretBox({ secret: NEW });
    expect(box.hasKey(envelope.keyId)).toBe(false);
    try {
      box.open(envelope, "row");
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof SecretKeyMissingError)) throw error;
      expect(error.code).toBe("secret_key_missing");
      expect(error.keyId).toBe(envelope.keyId);
      expect(error.message).toContain(envelope.keyId);
      expect(error.hint).toBe("Set KHOTAN_SECRET_PREVIOUS to the secret used before. Nothing was overwritten.");
    }
  });

  it("has a key id that is stable, differs per secret and is no part of the key", () => {
    expect(createSecretBox({ secret: OLD }).keyId).toBe(createSecretBox({ secret: OLD }).keyId);
    expect(createSecretBox({ secret: OLD }).keyId).not.toBe(createSecretBox({ secret: NEW }).keyId);
    expect(createSecretBox({ secret: NEW }).keyId).toMatch(/^k_[0-9a-f]{8}$/);
  });

  it("refuses a secret shorter than 32 characters, and says which and what to do", () => {
    expect(() => createSecretBox({ secret: "short" })).toThrow(SecretTooShortError);
    expect(() => createSecretBox({ secret: "short" })).toThrow("KHOTAN_SECRET has 5 characters; 32 are the least.");
    expect(() => createSecretBox({ secret: "" })).toThrow("KHOTAN_SECRET is not set.");
    expect(() => createSecretBox({ secret: NEW, previous: ["short"] })).toThrow("KHOTAN_SECRET_PREVIOUS has 5");
  });

  it("opens an envelope sealed by an earlier release", () => {
    const box = createSecretBox({ secret: "khotan-test-secret-0123456789abcdef" });
    const envelope: Envelope = {
      v: 1,
      keyId: "k_fa19d0bc",
      nonce: "AQiml1vztnJVQGOb",
      data: "ZYcpGfizzxitw_fi0EaGkcudJCD62xCTErr9QrQEThhLRU8VEWhj34PpQQ",
    };
    expect(box.open(envelope, "wire:stripe:acme")).toBe('{"webhookSecret":"whsec_1"}');
  });
});
