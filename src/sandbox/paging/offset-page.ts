import { z } from "zod";
import { pageSize, query } from "./list-query.ts";
import { type Paginate, sliceOf } from "./paginate.ts";

const offsetQuery = z.object({ offset: z.coerce.number().int().min(0).default(0), limit: pageSize });

/** `?offset=40&limit=20` → `{ data, total, offset, limit }`. */
export const offsetPage: Paginate = (c, items) => {
  const { offset, limit } = query(c, offsetQuery);
  return c.json({ data: sliceOf(c, items, offset, limit), total: items.length, offset, limit });
};
