import { firstSentence } from "../code/comment.ts";
import { arrow, type Expression, text } from "../code/expression.ts";
import { templateText } from "../code/literal.ts";
import { uniqueNames } from "../names/unique-names.ts";
import { camelCase } from "../names/words.ts";
import type { VarModel } from "../plug-file/plug-model.ts";
import { at, entriesOf, itemsOf, type Place, textOf, textsOf } from "./place.ts";
import type { SchemaReader } from "./schema-reader.ts";

export interface ServerPlan {
  readonly baseUrl: Expression;
  readonly vars: readonly VarModel[];
  /** The constant address, when there is one. */
  readonly url: string | undefined;
}

/**
 * Where the API is: the first server, as a variable with that default, so that a connection may point somewhere else;
 * a server with variables of its own makes them variables of the plug.
 *
 * @param source where the document is; a server that is only a path stands on that host
 */
export function readServers(root: Place, source: string | undefined, reader: SchemaReader): ServerPlan {
  const servers = itemsOf(at(root, "servers"));
  const [first] = servers;
  const written = (first ? textOf(at(first, "url")) : undefined) ?? "/";
  const place = first ?? at(root, "servers");
  const variables = first ? entriesOf(at(first, "variables")) : [];
  if (/\{[^{}]+\}/.test(written)) return templated(written, place, variables, reader);

  const url = absolute(written, source);
  if (url === undefined) {
    reader.warn(place, "says not on which host the API is, so the variable baseUrl has no default");
  }
  const others = servers.slice(1).flatMap((server) => textOf(at(server, "url")) ?? []);
  const help = url === undefined ? "Where the API is." : others.length > 0 ? `Also: ${others.join(", ")}` : undefined;
  return {
    url,
    baseUrl: arrow("(vars)", text("vars.baseUrl")),
    vars: [
      {
        key: "baseUrl",
        label: "Base URL",
        type: "url",
        ...(url === undefined ? { required: true } : { defaultValue: url }),
        ...(help === undefined ? {} : { help: firstSentence(help, 200) ?? help.slice(0, 200) }),
      },
    ],
  };
}

/** The address of a server as a plug takes it, or nothing. */
export function absolute(written: string, source: string | undefined): string | undefined {
  if (!URL.canParse(written, source)) return undefined;
  const url = new URL(written, source);
  if (!/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") return undefined;
  url.hash = "";
  return url.search === "" ? url.href.replace(/\/$/, "") : url.href;
}

function templated(
  written: string,
  place: Place,
  variables: readonly (readonly [string, Place])[],
  reader: SchemaReader,
): ServerPlan {
  const unique = uniqueNames(["token", "username", "password", "apiKey", "clientId", "clientSecret", "scope"]);
  const keys = new Map<string, string>();
  const vars: VarModel[] = [];
  const pieces = written.split(/\{([^{}]+)\}/).map((piece, index) => {
    if (index % 2 === 0) return templateText(piece);
    const known = keys.get(piece) ?? unique(camelCase(piece, "server"));
    if (!keys.has(piece)) {
      keys.set(piece, known);
      const variable = variables.find(([name]) => name === piece)?.[1];
      if (variable === undefined) reader.warn(place, `the variable "${piece}" of the server is not declared`);
      vars.push(variableOf(known, variable));
    }
    return `\${vars.${known}}`;
  });
  return { url: undefined, baseUrl: arrow("(vars)", text(`\`${pieces.join("").replace(/\/$/, "")}\``)), vars };
}

function variableOf(key: string, place: Place | undefined): VarModel {
  const options = place ? textsOf(at(place, "enum")) : [];
  const written = place ? textOf(at(place, "default")) : undefined;
  const defaultValue = options.length > 0 && written !== undefined && !options.includes(written) ? options[0] : written;
  const help = place ? firstSentence(textOf(at(place, "description"))) : undefined;
  return {
    key,
    type: options.length > 0 ? "select" : "text",
    ...(options.length > 0 ? { options } : {}),
    ...(defaultValue === undefined ? { required: true } : { defaultValue }),
    ...(help === undefined ? {} : { help }),
  };
}
