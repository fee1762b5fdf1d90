import { uniqueNames } from "../names/unique-names.ts";
import { camelCase } from "../names/words.ts";
import type { PropertyNode, SchemaNode } from "../schema/schema-node.ts";
import { isMixed, isSecretValue } from "./looks-secret.ts";
import { replaceVariables, variablesIn } from "./shell-variable.ts";
import { singular } from "./singular.ts";

export interface ReadPath {
  /** Below the host, what every address of the API begins with: `/api/v2`. */
  readonly base: string;
  /** The rest, with `{name}` for ids. */
  readonly path: string;
  readonly params: readonly PropertyNode[];
  /** Words that were taken for ids because of where they stand. */
  readonly guessed: readonly string[];
  /** The last fixed word and what is before it, for the endpoint's name. */
  readonly words: readonly string[];
  readonly endsWithId: boolean;
}

const VERSION = /^v?\d{1,2}(?:\.\d+){0,2}(?:[a-z]+\d*)?$|^\d{4}-\d{2}(?:-\d{2})?$/i;
const PREFIX = /^(?:api|apis|rest)$/i;
/** Some APIs name the format behind an id: `/tickets/1.json`. */
const ENDING = /^(.+)(\.(?:json|xml|csv))$/;
const PLACEHOLDER = /^(?:\{([^{}]+)\}|<([^<>]+)>|:([A-Za-z_]\w*))$/;

/** Split a path into what belongs to the base URL, fixed words, and ids. @param segments decoded */
export function readPath(segments: readonly string[], takesWords: boolean): ReadPath {
  let start = 0;
  while (start < segments.length - 1 && isBase(segments[start] ?? "", segments[start - 1])) start++;
  const unique = uniqueNames();
  const params: PropertyNode[] = [];
  const guessed: string[] = [];
  const words: string[] = [];
  /** The word right before, and the one before that; `undefined` for ids. */
  let previous: string | undefined;
  let before: string | undefined;
  const path = segments.slice(start).map((written) => {
    const [, segment = written, ending = ""] = ENDING.exec(written) ?? [];
    const known = idIn(segment);
    const id = known ?? (takesWords ? namedIn(segment, previous, before) : undefined);
    const name = id?.name ?? (previous === undefined ? "id" : `${singular(previous)} id`);
    before = previous;
    previous = id ? undefined : segment;
    if (id === undefined) {
      words.push(segment);
      return encoded(written);
    }
    if (known === undefined) guessed.push(segment);
    const param = unique(camelCase(name, "id"));
    params.push({ name: param, schema: id.schema, optional: false });
    return `{${param}}${ending}`;
  });
  return {
    base: segments
      .slice(0, start)
      .map((segment) => `/${encoded(segment)}`)
      .join(""),
    path: `/${path.join("/")}`,
    params,
    guessed,
    words,
    endsWithId: params.length > 0 && previous === undefined,
  };
}

const encoded = (segment: string): string =>
  encodeURIComponent(segment).replaceAll("%3A", ":").replaceAll("%40", "@").replaceAll("%2C", ",");

const isBase = (segment: string, previous: string | undefined): boolean =>
  PREFIX.test(segment) ||
  (VERSION.test(segment) && (/^v/i.test(segment) || /-|\./.test(segment) || previous !== undefined));

/** `cus_NffrFeUfNV2Hib` */
const PREFIXED = /^[A-Za-z]{1,8}_(?=.*[\dA-Z])[A-Za-z\d]{8,}$/;

const TEXT: SchemaNode = { kind: "string" };

interface Id {
  readonly name: string | undefined;
  readonly schema: SchemaNode;
}

function idIn(segment: string): Id | undefined {
  const [variable] = variablesIn(segment);
  if (variable !== undefined) {
    const isWhole = replaceVariables(segment, () => "") === "";
    return { name: isWhole ? variable : undefined, schema: TEXT };
  }
  const placeholder = PLACEHOLDER.exec(segment);
  if (placeholder) return { name: placeholder[1] ?? placeholder[2] ?? placeholder[3], schema: TEXT };
  if (/^\d{1,15}$/.test(segment)) return { name: undefined, schema: { kind: "number", integer: true } };
  const digits = segment.match(/\d/g)?.length ?? 0;
  const isCode =
    PREFIXED.test(segment) || (digits >= 2 && (segment.length >= 8 || (segment.length >= 4 && /[A-Z]/.test(segment))));
  const isWord = !isCode && !segment.includes("@") && !isMixed(segment) && !isSecretValue(segment);
  return isWord && !/^[A-Z]{20,}$/.test(segment) ? undefined : { name: undefined, schema: TEXT };
}

/** Words behind a plural that name something to do, or a part of the collection. */
const NO_NAMES = new Set(
  "all me self current search query find count new batch bulk export import latest default status stats summary sync upload download activate cancel capture close confirm approve reject refund send test ping health info schema metadata history".split(
    " ",
  ),
);

/** `/users/octocat`: one word behind a plural, that is no plural itself; and `/repos/{owner}/{repo}`. */
function namedIn(segment: string, previous: string | undefined, before: string | undefined): Id | undefined {
  if (previous === "repos") return { name: "owner", schema: TEXT };
  if (previous === undefined && before === "repos") return { name: "repo", schema: TEXT };
  if (previous === undefined || singular(previous) === previous || singular(segment) !== segment) return undefined;
  return NO_NAMES.has(segment.toLowerCase()) || segment.includes(".") ? undefined : { name: undefined, schema: TEXT };
}
