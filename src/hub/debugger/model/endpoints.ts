import type { DebugEndpoint } from "../../../contract/index.ts";
import { matchTemplate } from "./path-names.ts";

/** The declared endpoint a request belongs to: by its own template, else the one with the most fixed text. */
export function findEndpoint(
  endpoints: readonly DebugEndpoint[],
  method: string,
  path: string,
): DebugEndpoint | undefined {
  const alike = endpoints.filter((endpoint) => endpoint.method === method);
  return (
    alike.find((endpoint) => endpoint.path === path) ??
    alike
      .filter((endpoint) => matchTemplate(endpoint.path, path) !== null)
      .sort((a, b) => variables(a.path) - variables(b.path))[0]
  );
}

const variables = (path: string): number => path.split(/\/:|\{/).length - 1;

interface EndpointGroup {
  readonly name: string;
  readonly endpoints: readonly DebugEndpoint[];
}

/** Endpoints by the first word of their path, in the order of declaration; only those that the search names. */
export function groupEndpoints(endpoints: readonly DebugEndpoint[], search: string): EndpointGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<string, DebugEndpoint[]>();
  for (const endpoint of endpoints) {
    const text = `${endpoint.method} ${endpoint.path} ${endpoint.name} ${endpoint.summary ?? ""}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    const name = endpoint.path.split("/").find((part) => part !== "" && !/^[:{]/.test(part)) ?? "/";
    groups.set(name, [...(groups.get(name) ?? []), endpoint]);
  }
  return [...groups].map(([name, list]) => ({ name, endpoints: list }));
}
