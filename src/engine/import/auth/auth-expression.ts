import { arrow, call, conditional, type Expression, object, string, text } from "../code/expression.ts";
import { stringLiteral, templateText } from "../code/literal.ts";
import { flatWidth } from "../code/print.ts";

/** A secret of a connection, and where it goes. `key` is the variable's. */
export type SecretPlace =
  | { readonly kind: "bearer"; readonly key: string; readonly scheme?: string }
  | { readonly kind: "basic"; readonly userKey: string; readonly passwordKey: string | undefined }
  | { readonly kind: "header" | "query"; readonly name: string; readonly key: string; readonly prefix?: string }
  | { readonly kind: "cookie"; readonly name: string | undefined; readonly key: string };

/**
 * The `auth` of a plug that sends these secrets: the strategy for one of them, `custom` for several.
 *
 * @example authExpression([{ kind: "bearer", key: "token" }]) // bearer(fromVar("token"))
 */
export function authExpression(places: readonly SecretPlace[]): Expression | undefined {
  const [first, second] = places;
  if (first === undefined) return undefined;
  return (second === undefined ? strategy(first) : undefined) ?? customStrategy(places);
}

/** Widest `(vars) => (vars.token ? … : none())` that stays on its line. */
const MAX_WIDTH = 108;

/** Credentials that a connection may have or not. */
export function optionalAuth(auth: Expression, key: string): Expression {
  const choice = conditional(`vars.${key}`, auth, call("none"));
  return flatWidth(choice) > MAX_WIDTH ? auth : arrow("(vars)", choice);
}

const fromVar = (key: string): Expression => call("fromVar", string(key));

function strategy(place: SecretPlace): Expression | undefined {
  switch (place.kind) {
    case "bearer": {
      const options = place.scheme === undefined ? [] : [object([{ key: "scheme", value: string(place.scheme) }])];
      return call("bearer", fromVar(place.key), ...options);
    }
    case "basic":
      return call("basic", fromVar(place.userKey), ...(place.passwordKey ? [fromVar(place.passwordKey)] : []));
    case "header":
    case "query": {
      const options = [
        ...(place.kind === "query" ? [{ key: "in", value: string("query") }] : []),
        ...(place.prefix === undefined ? [] : [{ key: "prefix", value: string(place.prefix) }]),
      ];
      const more = options.length > 0 ? [object(options)] : [];
      return call("apiKey", string(place.name), fromVar(place.key), ...more);
    }
    case "cookie":
      return undefined;
  }
}

function customStrategy(places: readonly SecretPlace[]): Expression {
  const headers = places.flatMap((place) => (place.kind === "query" || place.kind === "cookie" ? [] : [place]));
  const cookies = places.flatMap((place) => (place.kind === "cookie" ? [place] : []));
  const queries = places.flatMap((place) => (place.kind === "query" ? [place] : []));
  const cookie = cookies.map(({ name, key }) => `${name === undefined ? "" : `${templateText(name)}=`}\${vars.${key}}`);
  const headerEntries = [
    ...headers.map((place) => ({
      key: place.kind === "header" ? place.name : "authorization",
      value: sentValue(place),
    })),
    ...(cookie.length > 0 ? [{ key: "cookie", value: text(`\`${cookie.join("; ")}\``) }] : []),
  ];
  const additions = object(
    [
      ...(headerEntries.length > 0 ? [{ key: "headers", value: object(headerEntries) }] : []),
      ...(queries.length > 0
        ? [
            {
              key: "query",
              value: object(queries.map((place) => ({ key: place.name, value: sentValue(place) }))),
            },
          ]
        : []),
    ],
    true,
  );
  return call("custom", arrow("(_request, { vars })", additions));
}

function sentValue(place: SecretPlace): Expression {
  if (place.kind === "basic") {
    const pair = `\`\${vars.${place.userKey}}:${place.passwordKey ? `\${vars.${place.passwordKey}}` : ""}\``;
    return text(`\`Basic \${Buffer.from(${pair}).toString(${stringLiteral("base64")})}\``);
  }
  const prefix =
    place.kind === "bearer" ? `${place.scheme ?? "Bearer"} ` : place.kind === "cookie" ? "" : (place.prefix ?? "");
  return text(`\`${templateText(prefix)}\${vars.${place.key}}\``);
}
