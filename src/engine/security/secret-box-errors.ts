import { KhotanError } from "../errors.ts";

/** KHOTAN_SECRET is missing or too short to be a key. */
export class SecretTooShortError extends KhotanError {
  constructor(variable: string, length: number) {
    const found = length === 0 ? "is not set" : `has ${length} characters; 32 are the least`;
    super("secret_not_configured", `${variable} ${found}.`, {
      hint: `Set ${variable} to 64 hex digits, e.g. the output of: openssl rand -hex 32`,
    });
    this.name = "SecretTooShortError";
  }
}

/** Something was sealed with a key that this process does not have. */
export class SecretKeyMissingError extends KhotanError {
  readonly keyId: string;

  constructor(keyId: string) {
    super("secret_key_missing", `This was encrypted with key ${keyId}, which this process lacks.`, {
      hint: "Set KHOTAN_SECRET_PREVIOUS to the secret used before. Nothing was overwritten.",
    });
    this.name = "SecretKeyMissingError";
    this.keyId = keyId;
  }
}

/** The key is there, but the sealed bytes or the row they belong to are not the ones that were sealed. */
export class SecretBoxTamperedError extends KhotanError {
  constructor(keyId: string, cause?: unknown) {
    super("secret_tampered", `What was encrypted with key ${keyId} has been changed, or belongs to another row.`, {
      hint: "Restore the row from a backup, or set the variables again. Nothing was overwritten.",
      cause,
    });
    this.name = "SecretBoxTamperedError";
  }
}
