import { decodeId, ID_PREFIXES, type IdKind } from "../../contract/index.ts";
import { KhotanError } from "../errors.ts";

/**
 * The database id a filter names. An id that does not exist finds nothing; one
 * that cannot exist is a mistake of the caller, and is named.
 *
 * @throws KhotanError `validation_failed`
 */
export function requireIdFilter(kind: IdKind, parameter: string, id: string): string {
  const uuid = decodeId(kind, id);
  if (uuid) return uuid;
  throw new KhotanError("validation_failed", `\`${parameter}\` is not the id of a ${kind}.`, {
    hint: `Such an id begins with ${ID_PREFIXES[kind]}_ and has 26 characters after it.`,
    issues: [{ path: parameter, message: `"${id}" is not the id of a ${kind}.` }],
  });
}
