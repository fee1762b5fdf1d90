import { at, documentError, isRecord, type Place } from "./place.ts";

const MAX_HOPS = 50;

/** The text of a `$ref`, or nothing. */
export function refOf(place: Place): string | undefined {
  const ref = isRecord(place.value) && Object.hasOwn(place.value, "$ref") ? place.value.$ref : undefined;
  if (ref === undefined) return undefined;
  if (typeof ref === "string") return ref;
  throw documentError(at(place, "$ref"), "is not a text", 'Write it as "#/components/schemas/Name".');
}

/**
 * What a place means: itself, or what its `$ref` points at, over several hops.
 *
 * @throws KhotanError `openapi_invalid` when there is nothing, when the reference leaves the document, or leads in a circle.
 */
export function resolveRef(root: Place, place: Place): Place {
  let current = place;
  for (let hops = 0; hops <= MAX_HOPS; hops++) {
    const ref = refOf(current);
    if (ref === undefined) return current;
    current = targetOf(root, current, ref);
  }
  throw documentError(at(place, "$ref"), "leads in a circle", "Let one of these references end at a definition.");
}

/** Where one `$ref` points. */
export function targetOf(root: Place, place: Place, ref: string): Place {
  const here = at(place, "$ref");
  if (!ref.startsWith("#")) {
    throw documentError(
      here,
      `points out of this document: ${ref.slice(0, 200)}`,
      "Bundle it into one document first, e.g. with a tool such as `redocly bundle`.",
    );
  }
  const target = at(root, ...pointerParts(here, ref));
  if (target.value === undefined) {
    throw documentError(
      here,
      `points at nothing: ${ref.slice(0, 200)}`,
      "Correct the reference, or add what it points at.",
    );
  }
  return target;
}

/** RFC 6901 §6: a pointer in a URI fragment. */
function pointerParts(here: Place, ref: string): string[] {
  const pointer = ref.slice(1);
  if (pointer === "") return [];
  if (!pointer.startsWith("/")) {
    throw documentError(
      here,
      `"${ref.slice(0, 200)}" is an anchor, not a path`,
      'Write it as "#/components/schemas/Name".',
    );
  }
  return pointer
    .slice(1)
    .split("/")
    .map((part) => decoded(part).replaceAll("~1", "/").replaceAll("~0", "~"));
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a percent sign that encodes nothing stands for itself
  }
}
