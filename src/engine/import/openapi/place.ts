import { KhotanError } from "../../errors.ts";

/** A value of the document, and where it stands. */
export interface Place {
  readonly value: unknown;
  readonly path: readonly (string | number)[];
}

/** @example placeText(["paths", "/orders", "get", "parameters", 2]) // `paths["/orders"].get.parameters[2]` */
export function placeText(path: readonly (string | number)[]): string {
  const parts = path.map((part, index) => {
    if (typeof part === "number") return `[${part}]`;
    if (!/^[A-Za-z_$][\w$-]*$/.test(part)) return `[${JSON.stringify(part)}]`;
    return index === 0 ? part : `.${part}`;
  });
  return parts.join("") || "(document)";
}

/** A mistake in the document. */
export function documentError(place: Place, message: string, hint: string, cause?: unknown): KhotanError {
  const path = placeText(place.path);
  return new KhotanError("openapi_invalid", `${path}: ${message}`, { hint, issues: [{ path, message }], cause });
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What stands under a key; its value is `undefined` when there is nothing. */
export function at(place: Place, ...keys: readonly (string | number)[]): Place {
  return keys.reduce<Place>(({ value, path }, key) => {
    const inside: unknown =
      typeof value === "object" && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
    return { value: inside, path: [...path, key] };
  }, place);
}

/** The entries of an object, or none when there is no value. */
export function entriesOf(place: Place): readonly (readonly [string, Place])[] {
  if (place.value === undefined) return [];
  if (!isRecord(place.value))
    throw documentError(place, "is not an object", "Compare it with the OpenAPI specification.");
  return Object.keys(place.value).map((key) => [key, at(place, key)] as const);
}

/** The elements of a list, or none when there is no value. */
export function itemsOf(place: Place): readonly Place[] {
  if (place.value === undefined) return [];
  if (!Array.isArray(place.value))
    throw documentError(place, "is not a list", "Compare it with the OpenAPI specification.");
  return place.value.map((_, index) => at(place, index));
}

export const textOf = (place: Place): string | undefined =>
  typeof place.value === "string" && place.value !== "" ? place.value : undefined;

export const numberOf = (place: Place): number | undefined =>
  typeof place.value === "number" && Number.isFinite(place.value) ? place.value : undefined;

/** The texts in a list; other elements do not count. */
export const textsOf = (place: Place): readonly string[] =>
  Array.isArray(place.value) ? place.value.filter((item) => typeof item === "string") : [];
