import { z } from "zod";
import { ApiProblem } from "../http/api-problem.ts";
import { pageSize, query } from "./list-query.ts";
import { type Pageable, type Paginate, sliceOf } from "./paginate.ts";

const cursorQuery = z
  .object({ limit: pageSize, cursor: z.string().optional(), starting_after: z.string().optional() })
  .refine((given) => given.cursor === undefined || given.starting_after === undefined, {
    message: "Give cursor or starting_after, not both",
  });

const position = z.strictObject({ sort: z.enum(["id", "updatedAt"]), id: z.string(), updatedAt: z.string() });
type Position = z.infer<typeof position>;

const encode = (value: Position) => Buffer.from(JSON.stringify(value)).toString("base64url");

function decode(cursor: string): Position {
  try {
    return position.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch {
    throw new ApiProblem(400, "invalid_cursor", "This cursor was not made by us.");
  }
}

/** A cursor is a position in an order, not a row: it stays good when its row changes or goes away. */
function isAfter(item: Pageable, at: Position): boolean {
  if (at.sort === "updatedAt" && item.updatedAt !== at.updatedAt) return item.updatedAt > at.updatedAt;
  return item.id > at.id;
}

/** `?limit=20&cursor=<next_cursor>` or `&starting_after=<id>` → `{ data, has_more, next_cursor }`. */
export const cursorPage: Paginate = (c, items, sort) => {
  const { limit, cursor, starting_after: startingAfter } = query(c, cursorQuery);
  let start = 0;
  if (cursor !== undefined) {
    const at = decode(cursor);
    if (at.sort !== sort)
      throw new ApiProblem(400, "invalid_cursor", `This cursor belongs to a list sorted by ${at.sort}.`);
    const index = items.findIndex((item) => isAfter(item, at));
    start = index === -1 ? items.length : index;
  } else if (startingAfter !== undefined) {
    const index = items.findIndex((item) => item.id === startingAfter);
    if (index === -1) throw new ApiProblem(400, "invalid_cursor", `No ${startingAfter} in this list to start after.`);
    start = index + 1;
  }
  const last = items[Math.min(start + limit, items.length) - 1];
  const hasMore = start + limit < items.length;
  return c.json({
    data: sliceOf(c, items, start, limit),
    has_more: hasMore,
    next_cursor: hasMore && last ? encode({ sort, id: last.id, updatedAt: last.updatedAt }) : null,
  });
};
