import { type ItemsAt, itemsAt, type PageAnswer, type PagePlace, type Pagination, valueAt } from "./pagination.ts";

/**
 * The answer's `Link` header names the next page (RFC 8288), as GitHub's does.
 *
 * @example pagination.linkHeader()
 */
export function linkHeader(options: { readonly rel?: string; readonly items?: ItemsAt } = {}): Pagination {
  const { rel = "next" } = options;
  return linked("linkHeader", options.items, (answer) => linkTarget(answer.headers.link ?? "", rel));
}

/** The body's `links.next` names the next page, a text or `{ href }`. Source: https://jsonapi.org/format/#fetching-pagination */
export function jsonApi(options: { readonly items?: ItemsAt } = {}): Pagination {
  return linked("jsonApi", options.items ?? "data", (answer) => {
    const next = valueAt(answer.body, "links.next");
    return typeof next === "object" ? valueAt(next, "href") : next;
  });
}

/**
 * A field of the body holds the next page's URL, absolute on the same origin or relative to this page.
 *
 * @example pagination.envelope({ next: "next", items: "results" }) // Django REST framework
 */
export function envelope(options: { readonly next: string; readonly items?: ItemsAt }): Pagination {
  return linked("envelope", options.items, (answer) => valueAt(answer.body, options.next));
}

/** Your own way: say what to ask for, and where the next page is. */
export function custom(options: {
  readonly request: Pagination["request"];
  readonly next: Pagination["next"];
  readonly items?: ItemsAt;
}): Pagination {
  return { kind: "custom", request: options.request, next: options.next, items: itemsAt(options.items) };
}

function linked(kind: string, items: ItemsAt | undefined, target: (answer: PageAnswer) => unknown): Pagination {
  return {
    kind,
    items: itemsAt(items),
    request: (place: PagePlace | null) => (typeof place === "string" ? { url: place } : {}),
    next: (answer) => {
      const next = target(answer);
      if (typeof next !== "string" || next === "" || !URL.canParse(next, answer.url)) return null;
      return new URL(next, answer.url).href;
    },
  };
}

/** One link of a header: `<url>; rel="next"; title="x"`. Commas and semicolons may stand inside the brackets and quotes. */
const LINK = /<([^>]*)>((?:\s*;\s*[^\s;,="]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;,"]*))?)*)/g;
const PARAMETER = /;\s*([^\s;,="]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?/g;

/** @example linkTarget('</a?page=2>; rel="next"', "next") // "/a?page=2" */
export function linkTarget(header: string, rel: string): string | undefined {
  for (const [, target, parameters = ""] of header.matchAll(LINK)) {
    for (const [, name = "", quoted, bare] of parameters.matchAll(PARAMETER)) {
      if (name.toLowerCase() !== "rel") continue;
      const relations = (quoted ?? bare ?? "").toLowerCase().split(/\s+/);
      if (relations.includes(rel.toLowerCase())) return target;
    }
  }
  return undefined;
}
