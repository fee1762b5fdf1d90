import { parseAsString, parseAsStringLiteral } from "nuqs";

export const DEAD_VIEWS = ["causes", "each"] as const;

/** What of the dead letters is looked at, as it stands in the address. */
export const DEAD_VIEW = {
  view: parseAsStringLiteral(DEAD_VIEWS).withDefault("causes"),
  plug: parseAsString,
  handler: parseAsString,
  cause: parseAsString,
  tenant: parseAsString,
};
