import { createServer, type Server } from "node:http";
import type { NodeHandler } from "./fast-lane.ts";
import { cleanForwardedHeaders } from "./forwarded-headers.ts";
import { answerError, answerStarting } from "./plain-answers.ts";

export interface PublicRoutes {
  readonly role: "all" | "web" | "worker";
  /** Answers `/api/khotan/*`. */
  readonly api: NodeHandler;
  /** Everything else; `undefined` until Next is ready. */
  page(): NodeHandler | undefined;
}

const API = "/api/khotan";
/** All that a worker shows to the world. */
const WORKER_PATHS = new Set([`${API}/health`, `${API}/ready`]);

/** The server on `PORT`. Workflow's own endpoints do not exist here: they run steps for whoever can reach them. */
export const publicServer = (routes: PublicRoutes): Server =>
  createServer((request, response) => {
    const path = pathOf(request.url ?? "/");
    cleanForwardedHeaders(request);
    if (path === undefined) return answerError(response, 400, "bad_request", "The request's path is malformed.");
    if (isUnder(path, "/.well-known/workflow")) return answerNothingHere(response);
    if (routes.role === "worker" && !WORKER_PATHS.has(path)) return answerNothingHere(response);
    if (isUnder(path, API)) return routes.api(request, response);
    const page = routes.page();
    if (page) return page(request, response);
    answerStarting(response, isUnder(path, "/api") ? "api" : "page");
  });

const answerNothingHere = (response: Parameters<typeof answerError>[0]): void =>
  answerError(response, 404, "not_found", "There is nothing here.");

/** Is this path the given one, or below it? */
export const isUnder = (path: string, prefix: string): boolean => path === prefix || path.startsWith(`${prefix}/`);

/**
 * The path as a router will understand it: decoded, without double slashes, backslashes and dots, so that
 * `/%2ewell-known` or `//.well-known` cannot slip past a comparison. `undefined` when it cannot be decoded.
 */
export const pathOf = (target: string): string | undefined => {
  // Says what it says already: no dot, no escape, no double slash.
  if (/^(?:\/[\w-]+)+$/.test(target)) return target;
  try {
    const raw = target.startsWith("/") ? target.split(/[?#]/, 1)[0] : new URL(target).pathname;
    const decoded = decodeURIComponent(raw ?? "/").replaceAll("\\", "/");
    return new URL(
      `http://host${decoded
        .replace(/\/{2,}/g, "/")
        .replaceAll("?", "%3F")
        .replaceAll("#", "%23")}`,
    ).pathname;
  } catch {
    return undefined;
  }
};
