import { createHash } from "node:crypto";
import type { EventIdentity } from "./signature-scheme.ts";

const MAX_TYPE_LENGTH = 200;
const MAX_ID_LENGTH = 255;
/** Control characters and lone surrogates: Postgres text cannot hold `\0`, and UTF-8 no half of a pair. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/gu;

/** Providers' words become columns with an index, so they must be short and printable. An id that is not is digested, which keeps it unique. */
export function cleanIdentity({ type, id }: EventIdentity): EventIdentity {
  const clean: { type?: string; id?: string } = {};
  if (type !== undefined && type !== "") {
    clean.type = [...type.replaceAll(UNPRINTABLE, " ")].slice(0, MAX_TYPE_LENGTH).join("");
  }
  if (id !== undefined && id !== "") {
    const fits = id.length <= MAX_ID_LENGTH && id.search(UNPRINTABLE) === -1;
    clean.id = fits ? id : createHash("sha256").update(id).digest("hex");
  }
  return clean;
}
