import { z } from "zod";
import { pageSize, query } from "./list-query.ts";
import { type Paginate, sliceOf } from "./paginate.ts";

const linkQuery = z.object({ page: z.coerce.number().int().min(1).default(1), per_page: pageSize });

/**
 * `?page=2&per_page=20` → a bare array, with RFC 8288 links `first`, `prev`, `next`, `last` in the `Link` header.
 * The links keep the other parameters but never `api_key`: a secret does not belong in a response.
 */
export function linkPage(options: { publicUrl: string | undefined }): Paginate {
  return (c, items) => {
    const { page, per_page: perPage } = query(c, linkQuery);
    const lastPage = Math.max(1, Math.ceil(items.length / perPage));
    const asked = new URL(c.req.url);
    const urlOf = (number: number) => {
      const params = new URLSearchParams(asked.search);
      params.delete("api_key");
      params.set("page", String(number));
      params.set("per_page", String(perPage));
      return `${options.publicUrl ?? asked.origin}${asked.pathname}?${params}`;
    };
    const links = [`<${urlOf(1)}>; rel="first"`, `<${urlOf(lastPage)}>; rel="last"`];
    if (page > 1) links.push(`<${urlOf(Math.min(page - 1, lastPage))}>; rel="prev"`);
    if (page < lastPage) links.push(`<${urlOf(page + 1)}>; rel="next"`);
    c.header("link", links.join(", "));
    return c.json(sliceOf(c, items, (page - 1) * perPage, perPage));
  };
}
