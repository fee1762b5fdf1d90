import { narrow, type Rights, rightsOf, rightsOfHubKey } from "../principal-of.ts";

/**
 * What a key may do now: its owner's rights narrowed by what it says of itself, or that alone for a key of the hub.
 *
 * @param owner the owner's row; `null` for a key of the hub.
 * @returns `undefined` when it opens nothing.
 */
export const rightsOfKey = (owner: unknown, metadata: string | null): Rights | undefined => {
  const said = readMetadata(metadata);
  if (owner === null) return rightsOfHubKey(said);
  const own = rightsOf(owner);
  return own && narrow(own, said);
};

/** JSON; what better-auth's plugin once wrote is JSON within JSON. */
const readMetadata = (text: string | null): unknown => {
  try {
    const once: unknown = JSON.parse(text ?? "null");
    return typeof once === "string" ? JSON.parse(once) : once;
  } catch {
    return "unreadable";
  }
};
