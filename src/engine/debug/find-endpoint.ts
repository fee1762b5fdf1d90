import type { EndpointDefinition, EndpointMap } from "../plugs/index.ts";

export interface FoundEndpoint {
  readonly name: string;
  readonly endpoint: EndpointDefinition;
}

/**
 * The declared endpoint that a request belongs to, by method and path. Of several that fit, the one with the most fixed
 * text wins: `/orders/recent` before `/orders/:id`.
 *
 * @param path below the base URL, with values or as the template itself; a query does not matter.
 * @example findEndpoint(plug.endpoints, "GET", "/orders/or_1?page=2")?.name // "getOrder"
 */
export function findEndpoint(endpoints: EndpointMap, method: string, path: string): FoundEndpoint | null {
  const wanted = segments(path.split(/[?#]/, 1)[0] ?? "");
  let best: (FoundEndpoint & { readonly fixed: number }) | null = null;
  for (const [name, endpoint] of Object.entries(endpoints)) {
    if (endpoint.method !== method) continue;
    const fixed = fixedSegments(segments(endpoint.path), wanted);
    if (fixed !== null && fixed > (best?.fixed ?? -1)) best = { name, endpoint, fixed };
  }
  return best && { name: best.name, endpoint: best.endpoint };
}

/** How many segments agree as they stand; `null` when the path does not fit. */
function fixedSegments(template: readonly string[], path: readonly string[]): number | null {
  if (template.length !== path.length) return null;
  let fixed = 0;
  for (const [at, segment] of template.entries()) {
    const given = path[at] ?? "";
    if (segment === given) fixed++;
    else if (!patternOf(segment)?.test(given)) return null;
  }
  return fixed;
}

/** `null` for a segment without a parameter. */
function patternOf(segment: string): RegExp | null {
  if (/^:[A-Za-z_]\w*$/.test(segment)) return /^.+$/s;
  if (!/\{[A-Za-z_]\w*\}/.test(segment)) return null;
  const fixed = segment.split(/\{[A-Za-z_]\w*\}/).map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${fixed.join(".+")}$`, "s");
}

const segments = (path: string): string[] => path.split("/").filter((segment) => segment !== "");
