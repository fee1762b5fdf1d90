import type { z } from "zod";
import type { Compare } from "../../contract/index.ts";
import type { EndpointDefinition } from "../plugs/index.ts";
import { compareSchema, type Difference, type Path } from "./compare-schema.ts";
import { anyItemPath, jsonPath } from "./json-path.ts";
import { jsonSchemaOf } from "./json-schema.ts";

/** Of each kind; more would help nobody. */
const MAX_LISTED = 200;

/**
 * Compare an answer with what its endpoint declares for that status.
 *
 * The endpoint's Zod schema has the last word: what it accepts (a coerced number, a default) is neither missing nor wrong,
 * and what it refuses by finer rules than types is `invalid`.
 */
export async function compareAnswer(
  name: string,
  endpoint: Pick<EndpointDefinition, "responses">,
  answer: { readonly status: number; readonly body: unknown },
): Promise<Compare> {
  const declaredStatuses = Object.keys(endpoint.responses).map(Number);
  const schema = Object.hasOwn(endpoint.responses, answer.status) ? endpoint.responses[answer.status] : undefined;
  const base = { endpoint: name, declaredStatuses, missing: [], extra: [], wrongType: [], invalid: [] };
  if (schema === undefined) return { ...base, ok: false, undeclaredStatus: answer.status };
  const verdict = await schema.safeParseAsync(answer.body);
  const issues = verdict.success ? [] : verdict.error.issues.flatMap((issue) => issuePlaces(issue));
  const differences = compareSchema(jsonSchemaOf(schema), answer.body).filter(
    (each) => each.kind === "extra" || issues.some((issue) => related(issue.path, each.path)),
  );
  const invalid = issues.filter((issue) => !differences.some((each) => related(issue.path, each.path)));
  return {
    ...base,
    ok: verdict.success,
    undeclaredStatus: null,
    missing: grouped(differences, "missing", ({ expected }) => ({ expected })),
    extra: grouped(differences, "extra", ({ actual }) => ({ actual })),
    wrongType: grouped(differences, "wrongType", ({ expected, actual }) => ({ expected, actual })),
    invalid: invalid.slice(0, MAX_LISTED).map(({ path, message }) => ({ path: jsonPath(path), message })),
  };
}

interface Place {
  readonly path: Path;
  readonly message: string;
}

function issuePlaces(issue: z.core.$ZodIssue): Place[] {
  const path = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ path: [...path, key], message: issue.message }));
  return [{ path, message: issue.message }];
}

/** One is the other, or lies within it: a union reports where it stands, and not what is wrong inside. */
const related = (a: Path, b: Path): boolean =>
  a.length <= b.length ? a.every((step, at) => step === b[at]) : related(b, a);

/** Equal differences in the items of one list are one, with a count. */
function grouped<Kind extends Difference["kind"], Rest>(
  differences: readonly Difference[],
  kind: Kind,
  rest: (difference: Extract<Difference, { kind: Kind }>) => Rest,
): ({ path: string; count: number } & Rest)[] {
  const groups = new Map<string, { path: string; count: number } & Rest>();
  for (const each of differences) {
    if (!isKind(each, kind)) continue;
    const key = JSON.stringify([anyItemPath(each.path), rest(each)]);
    const group = groups.get(key);
    if (group) group.count++;
    else groups.set(key, { path: jsonPath(each.path), count: 1, ...rest(each) });
  }
  return [...groups.values()].slice(0, MAX_LISTED);
}

const isKind = <Kind extends Difference["kind"]>(
  difference: Difference,
  kind: Kind,
): difference is Extract<Difference, { kind: Kind }> => difference.kind === kind;
