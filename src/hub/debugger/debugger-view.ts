import { parseAsString, parseAsStringLiteral } from "nuqs";

export const SIDES = ["endpoints", "history", "saved"] as const;
export const REQUEST_TABS = ["body", "params", "headers"] as const;
export const ANSWER_TABS = ["body", "headers", "diff"] as const;

/** What is looked at, in the address. Plug and endpoint stand in the path. */
export const VIEW = {
  side: parseAsStringLiteral(SIDES).withDefault("endpoints"),
  /** `null` is what the request is most about. */
  tab: parseAsStringLiteral(REQUEST_TABS),
  mode: parseAsStringLiteral(["form", "raw"]).withDefault("form"),
  answer: parseAsStringLiteral(ANSWER_TABS).withDefault("body"),
  as: parseAsStringLiteral(["tree", "raw"]).withDefault("tree"),
  /** A request that belongs to no endpoint. */
  method: parseAsString,
  path: parseAsString,
  /** A call that was made, to look at and to send again. */
  exchange: parseAsString,
};
