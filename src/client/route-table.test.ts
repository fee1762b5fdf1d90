import { expect, it } from "vitest";
import { api, type RouteDefinition } from "../contract/index.ts";

const HEAD = `/**
 * Method, path and accepted type of every route, derived from the contract so that a browser need not load
 * the schemas. Do not edit. Renew it after adding a route: npx vitest run src/client/route-table.test.ts -u
 */
export const ROUTE_TABLE: Readonly<Record<string, readonly [method: string, path: string, accept?: string]>> = {
`;

it("is what the contract says (-u renews it)", async () => {
  const routes: [string, RouteDefinition][] = Object.entries(api);
  const lines = routes.map(([name, { method, path, responses }]) => {
    const accept = responses[200]?.contentType;
    const parts = [method.toUpperCase(), path, ...(accept === undefined ? [] : [accept])];
    return `  ${name}: [${parts.map((part) => JSON.stringify(part)).join(", ")}],\n`;
  });
  await expect(`${HEAD}${lines.join("")}};\n`).toMatchFileSnapshot("./route-table.ts");
});
