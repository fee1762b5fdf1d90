import { ApiProblem } from "./api-problem.ts";
import type { SandboxContext } from "./sandbox-env.ts";

/** The strong ETag of a version: `"3"`. */
export const etagOf = (version: number) => `"${version}"`;

/** The version that `If-Match` asks for; `undefined` without the header or with `*`. */
export function ifMatch(c: SandboxContext): number | undefined {
  const header = c.req.header("if-match");
  if (header === undefined || header.trim() === "*") return undefined;
  const version = /^\s*"(\d+)"\s*$/.exec(header)?.[1];
  if (version === undefined)
    throw new ApiProblem(400, "invalid_if_match", 'If-Match must be one ETag of ours, like "3".');
  return Number(version);
}
