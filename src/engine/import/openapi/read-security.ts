import { authExpression, optionalAuth, type SecretPlace } from "../auth/auth-expression.ts";
import type { VarModel } from "../plug-file/plug-model.ts";
import type { Operation } from "./list-operations.ts";
import { at, documentError, entriesOf, itemsOf, type Place, textOf, textsOf } from "./place.ts";
import { type AuthPlan, readOAuth } from "./read-oauth.ts";
import { readSecret } from "./read-secret.ts";
import { resolveRef } from "./resolve-ref.ts";
import type { SchemaReader } from "./schema-reader.ts";

/**
 * How the API wants to know who calls: by the requirement of the document, else by the first one that a chosen operation
 * has. Of alternatives the first that needs no consent in a browser, else the first.
 */
export function readSecurity(
  operations: readonly Operation[],
  base: string | undefined,
  reader: SchemaReader,
): AuthPlan {
  const { root } = reader.document;
  const schemes = at(root, "components", "securitySchemes");
  const [anyScheme] = entriesOf(schemes);
  if (anyScheme === undefined) return guess(schemes, reader);

  const holders = [at(root, "security"), ...operations.map(({ place }) => at(place, "security"))];
  const alternatives = itemsOf(holders.find((place) => itemsOf(place).some(isNeeding)) ?? { value: [], path: [] });
  const needed = alternatives.filter(isNeeding).map((place) => entriesOf(place).map(([name]) => name));
  if (needed.length === 0) reader.warn(schemes, `no operation says what it needs; "${anyScheme[0]}" is taken`);
  const isAtHand = (name: string): boolean =>
    ["http", "apiKey"].includes(textOf(at(schemeAt(name, reader), "type")) ?? "");
  const names = needed.find((each) => each.every(isAtHand)) ?? needed[0] ?? [anyScheme[0]];

  const plan = planOf(names, scopesOf(names, holders), base, reader);
  return needed.length > 0 && needed.length < alternatives.length ? optional(plan) : plan;
}

const isNeeding = (requirement: Place): boolean => entriesOf(requirement).length > 0;

function planOf(
  names: readonly string[],
  scopes: readonly string[],
  base: string | undefined,
  reader: SchemaReader,
): AuthPlan {
  const places: SecretPlace[] = [];
  const vars: VarModel[] = [];
  for (const name of names) {
    const scheme = schemeAt(name, reader);
    const isOAuth = ["oauth2", "openIdConnect"].includes(textOf(at(scheme, "type")) ?? "");
    if (isOAuth && names.length === 1) return readOAuth(scheme, scopes, base, reader);
    if (isOAuth) reader.warn(scheme, "beside other credentials its access token is asked for");
    const secret = readSecret(scheme, places.length > 0 ? name : undefined, reader);
    places.push(secret.place);
    vars.push(...secret.vars);
  }
  return { auth: authExpression(places), vars };
}

/** What the chosen operations need, and no more. */
const scopesOf = (names: readonly string[], holders: readonly Place[]): readonly string[] => [
  ...new Set(
    holders.flatMap((holder) => itemsOf(holder)).flatMap((place) => names.flatMap((name) => textsOf(at(place, name)))),
  ),
];

function schemeAt(name: string, { document }: SchemaReader): Place {
  const place = at(document.root, "components", "securitySchemes", name);
  if (place.value !== undefined) return resolveRef(document.root, place);
  throw documentError(
    place,
    "is named by a security requirement, but not described",
    "Describe it under components.securitySchemes.",
  );
}

/** Many documents, GitHub's among them, leave out that a token is wanted. */
function guess(schemes: Place, reader: SchemaReader): AuthPlan {
  reader.warn(schemes, "the document does not say how callers prove who they are; an optional bearer token is a guess");
  return optional({
    auth: authExpression([{ kind: "bearer", key: "token" }]),
    vars: [{ key: "token", label: "Token", type: "password", required: true }],
  });
}

function optional({ auth, vars }: AuthPlan): AuthPlan {
  const [first] = vars;
  if (auth === undefined || first === undefined) return { auth, vars };
  return { auth: optionalAuth(auth, first.key), vars: vars.map(({ required: _required, ...rest }) => rest) };
}
