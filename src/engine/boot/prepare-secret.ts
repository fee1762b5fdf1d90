import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { EmbeddedPostgresError } from "../database/embedded/embedded-postgres-error.ts";
import { rememberOnce } from "../database/embedded/remember-once.ts";

/**
 * The secret that seals credentials, made once and kept beside the embedded database it belongs to.
 *
 * @returns 64 hex digits
 * @throws EmbeddedPostgresError when the file does not hold a usable secret; it is never replaced, because that would
 * lose data
 */
export const prepareSecret = async (dataDir: string): Promise<string> => {
  const file = join(dataDir, "secret");
  const secret = await rememberOnce(file, () => randomBytes(32).toString("hex"));
  if (secret.length < 32)
    throw new EmbeddedPostgresError(
      `The file ${file} must hold the secret this folder's database was made with: restore it from a backup, or move the whole folder away to start empty.`,
    );
  return secret;
};
