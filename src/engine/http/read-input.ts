import { isUtf8 } from "node:buffer";
import type { z } from "zod";
import type { RouteDefinition } from "../../contract/index.ts";
import { KhotanError } from "../errors.ts";
import { isLargeBody } from "../events/parse-body.ts";
import { parseJsonInTurns } from "../events/parse-json-in-turns.ts";
import { readBody } from "./read-body.ts";

/** Largest JSON body of a route that does not say, in bytes. */
export const MAX_JSON_BYTES = 1024 * 1024;

/** Parameters, query and body of a request after the contract's schemas. */
export interface Input {
  readonly params: unknown;
  readonly query: Readonly<Record<string, unknown>> | undefined;
  readonly body: unknown;
  /** The body as it was sent; empty without one. */
  readonly bytes: Uint8Array;
  /** The query as it was sent, empty values left out. */
  readonly sent: ReadonlyMap<string, string>;
}

/**
 * Read and check what a route declares. Done here and not by zod-openapi's own
 * middleware: there the body has no limit, and an empty one that may be left out
 * is refused.
 *
 * @throws KhotanError `bad_request`, `not_found`, `plug_not_found`, `validation_failed`, `invalid_json`, `unsupported_media_type`, `payload_too_large`
 */
export async function readInput(
  route: RouteDefinition,
  request: Request,
  pathParams: Readonly<Record<string, string>>,
): Promise<Input> {
  const params = route.params ? checkParams(route.params, pathParams) : undefined;
  const sent = readQuery(request);
  const query = route.query ? checkQuery(route.query, sent) : undefined;
  const bytes = route.body ? await readBody(request, route.maxBodyBytes ?? MAX_JSON_BYTES) : new Uint8Array();
  const body = route.body ? check(route.body, await readJson(request, bytes)) : undefined;
  return { params, query, body, bytes, sent };
}

/** A path that cannot name anything names nothing. */
function checkParams(schema: z.ZodObject, given: Readonly<Record<string, string>>): unknown {
  const checked = schema.safeParse(given);
  if (checked.success) return checked.data;
  const key = String(checked.error.issues[0]?.path[0] ?? "");
  if (key === "plug") throw new KhotanError("plug_not_found", `There is no plug "${given[key]}".`);
  throw new KhotanError("not_found", `"${given[key]}" is no ${key}.`);
}

function readQuery(request: Request): Map<string, string> {
  const sent = new Map<string, string>();
  const mark = request.url.indexOf("?");
  if (mark < 0) return sent;
  for (const [key, value] of new URLSearchParams(request.url.slice(mark))) {
    if (value.includes("\0")) throw new KhotanError("bad_request", `The parameter \`${key}\` holds a NUL character.`);
    if (value === "") continue; // `?plug=&limit=10`, what a form sends, is a filter that was not filled in
    if (sent.has(key)) {
      throw new KhotanError("validation_failed", `The parameter \`${key}\` was sent twice.`, {
        hint: "Several values of one parameter are separated by commas.",
        issues: [{ path: key, message: "Sent twice." }],
      });
    }
    sent.set(key, value);
  }
  return sent;
}

/** A parameter that nobody knows is a mistake that would silently widen the answer. `tenant` may stand everywhere. */
function checkQuery(schema: z.ZodObject, sent: ReadonlyMap<string, string>): Readonly<Record<string, unknown>> {
  const known = Object.keys(schema.shape);
  const unknown = [...sent.keys()].filter((key) => key !== "tenant" && !known.includes(key));
  if (unknown.length > 0) {
    throw new KhotanError(
      "validation_failed",
      `There is no parameter ${unknown.map((key) => `\`${key}\``).join(", ")}.`,
      {
        hint: `There are: ${known.join(", ")}.`,
        issues: unknown.map((key) => ({ path: key, message: "Unknown parameter." })),
      },
    );
  }
  return check(schema, Object.fromEntries(sent));
}

async function readJson(request: Request, bytes: Uint8Array): Promise<unknown> {
  if (bytes.byteLength === 0) return undefined;
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type)) {
    throw new KhotanError(
      "unsupported_media_type",
      `The body must be JSON, not ${type === "" ? "without a type" : `"${type}"`}.`,
      {
        hint: "Send `Content-Type: application/json`.",
      },
    );
  }
  try {
    if (isLargeBody(bytes) && isUtf8(bytes)) return await parseJsonInTurns(bytes);
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new KhotanError(
      "invalid_json",
      `The body is not JSON: ${error instanceof Error ? error.message : "unreadable"}`,
      {
        hint: "Check quotes, commas and brackets.",
      },
    );
  }
}

function check<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const checked = schema.safeParse(value);
  if (checked.success) return checked.data;
  const issues = checked.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
  const [first] = issues;
  const where = first?.path ? `\`${first.path}\`: ` : value === undefined ? "The body is missing: " : "";
  throw new KhotanError("validation_failed", `${where}${first?.message ?? "invalid"}`, {
    hint: "`issues` names every mistake.",
    issues,
  });
}
