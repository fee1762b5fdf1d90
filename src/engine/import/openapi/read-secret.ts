import type { SecretPlace } from "../auth/auth-expression.ts";
import { firstSentence } from "../code/comment.ts";
import { camelCase } from "../names/words.ts";
import type { VarModel } from "../plug-file/plug-model.ts";
import { at, documentError, type Place, textOf } from "./place.ts";
import type { SchemaReader } from "./schema-reader.ts";

export interface Secret {
  readonly place: SecretPlace;
  readonly vars: readonly VarModel[];
}

/**
 * A security scheme that is a secret in the request, and the variables that it needs.
 *
 * @param name the scheme's own name, when another one has the usual variables already
 */
export function readSecret(scheme: Place, name: string | undefined, reader: SchemaReader): Secret {
  const type = textOf(at(scheme, "type"));
  if (type === "apiKey") return readKey(scheme, name);
  const word = textOf(at(scheme, "scheme")) ?? "Bearer";
  if (type === "http" && word.toLowerCase() === "basic") {
    const [userKey, passwordKey] = [keyFor("username", name), keyFor("password", name)];
    return {
      place: { kind: "basic", userKey, passwordKey },
      vars: [
        { key: userKey, label: "User name", type: "text", required: true },
        secretVar(passwordKey, "Password", scheme),
      ],
    };
  }
  const key = keyFor("token", name);
  const vars = [secretVar(key, "Token", scheme)];
  if (type !== "http" || word.toLowerCase() === "bearer") return { place: { kind: "bearer", key }, vars };
  reader.warn(
    at(scheme, "scheme"),
    `"${word}" is sent as that word and a token; if it signs requests, use custom() or hmacSigned()`,
  );
  return { place: { kind: "bearer", key, scheme: word }, vars };
}

function readKey(scheme: Place, name: string | undefined): Secret {
  const [header, where] = [textOf(at(scheme, "name")), textOf(at(scheme, "in"))];
  if (header === undefined) {
    throw documentError(
      at(scheme, "name"),
      "is missing",
      "An apiKey scheme needs the name of its header, parameter or cookie.",
    );
  }
  if (where !== "header" && where !== "query" && where !== "cookie") {
    throw documentError(at(scheme, "in"), "says not where the key goes", "It is header, query or cookie.");
  }
  const key = keyFor("apiKey", name);
  return { place: { kind: where, name: header, key }, vars: [secretVar(key, "API key", scheme)] };
}

const keyFor = (usual: string, name: string | undefined): string =>
  name === undefined ? usual : camelCase(`${name} ${usual}`);

function secretVar(key: string, label: string, scheme: Place): VarModel {
  const help = firstSentence(textOf(at(scheme, "description")), 200);
  return { key, label, type: "password", required: true, ...(help === undefined ? {} : { help }) };
}
