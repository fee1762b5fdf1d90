import { describe, expect, it } from "vitest";
import { printExpression } from "../code/print.ts";
import type { ObjectNode, SchemaNode } from "../schema/schema-node.ts";
import { guessPagination } from "./guess-pagination.ts";

const text: SchemaNode = { kind: "string" };
const whole: SchemaNode = { kind: "number", integer: true };
const flag: SchemaNode = { kind: "boolean" };
const list: SchemaNode = { kind: "array", items: { kind: "object", properties: [], rest: null } };
const shape = (properties: Readonly<Record<string, SchemaNode>>): ObjectNode => ({
  kind: "object",
  properties: Object.entries(properties).map(([name, schema]) => ({ name, schema, optional: true })),
  rest: null,
});
const guess = (query: Readonly<Record<string, SchemaNode>>, success: SchemaNode, hasLink = false): string | null => {
  const found = guessPagination({ query: shape(query), success, hasLink }, new Map());
  return found ? printExpression(found) : null;
};

describe("guessing how a list is handed out", () => {
  it.each<[string, string | null, Readonly<Record<string, SchemaNode>>, SchemaNode, boolean?]>([
    ["GitHub, plain", "pagination.linkHeader()", { page: whole, per_page: whole }, list, true],
    [
      "GitHub, wrapped",
      'pagination.linkHeader({ items: "workflow_runs" })',
      {},
      shape({ total_count: whole, workflow_runs: list }),
      true,
    ],
    [
      "Stripe",
      "pagination.startingAfter()",
      { limit: whole, starting_after: text },
      shape({ data: list, has_more: flag }),
    ],
    [
      "Slack",
      'pagination.cursor({ next: "response_metadata.next_cursor", items: "channels" })',
      { cursor: text },
      shape({ channels: list, response_metadata: shape({ next_cursor: text }) }),
    ],
    [
      "HubSpot",
      'pagination.cursor({ next: "paging.next.after", param: "after" })',
      { after: text },
      shape({ results: list, paging: shape({ next: shape({ after: text }) }) }),
    ],
    [
      "Google",
      'pagination.cursor({ next: "nextPageToken", param: "pageToken", items: "files" })',
      { pageToken: text },
      shape({ files: list, nextPageToken: text }),
    ],
    [
      "Django",
      'pagination.envelope({ next: "next" })',
      { limit: whole, offset: whole },
      shape({ count: whole, next: { kind: "nullable", inner: text }, results: list }),
    ],
    [
      "JSON:API",
      "pagination.jsonApi()",
      { "page[number]": whole },
      shape({ data: list, links: shape({ next: text }) }),
    ],
    [
      "Laravel",
      'pagination.envelope({ next: "next_page_url" })',
      { page: whole },
      shape({ data: list, next_page_url: text }),
    ],
    [
      "pages",
      'pagination.page({ size: 50, sizeParam: "limit", totalPages: "meta.last_page", items: "orders" })',
      { page: whole, limit: { kind: "number", integer: true, max: 50 } },
      shape({ orders: list, meta: shape({ last_page: whole }) }),
    ],
    [
      "pages from zero",
      'pagination.page({ first: 0, hasMore: "hasMore" })',
      { page: { kind: "number", integer: true, min: 0 } },
      shape({ items: list, hasMore: flag }),
    ],
    [
      "offsets",
      'pagination.offset({ offsetParam: "skip", total: "total", items: "products" })',
      { skip: whole, limit: whole },
      shape({ products: list, total: whole }),
    ],
    ["a list that is not paged", null, { status: text }, list],
    ["what is no list", null, { page: whole }, shape({ name: text })],
    ["two lists, of which nobody knows", null, { page: whole }, shape({ a: list, b: list })],
  ])("%s: %s", (_api, expected, query, success, hasLink) => {
    expect(guess(query, success, hasLink)).toBe(expected);
  });
});
