import type { Settings } from "../config.ts";
import { KhotanError } from "../errors.ts";
import { createSecretBox, type SecretBox } from "../security/secret-box.ts";

/** The secret box, made when it is first needed: a hub without variables needs no secret. */
export function lazySecretBox(settings: Pick<Settings, "secret" | "previousSecrets">): () => SecretBox {
  let box: SecretBox | null = null;
  return () => {
    if (box) return box;
    if (!settings.secret) {
      throw new KhotanError(
        "secret_not_configured",
        "KHOTAN_SECRET is not set, so variables cannot be read or written.",
        {
          hint: "Set it to at least 32 random characters, e.g. the output of: openssl rand -hex 32",
        },
      );
    }
    box = createSecretBox({ secret: settings.secret, previous: settings.previousSecrets });
    return box;
  };
}
