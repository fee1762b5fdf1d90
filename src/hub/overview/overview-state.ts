import { parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs";

export const VIEWS = ["canvas", "list"] as const;
export const KINDS = ["plug", "catch", "pass", "inflow", "outflow", "relay", "destination", "database"] as const;
export const HEALTHS = ["bad", "warn", "running", "ok", "off"] as const;
export const WINDOWS = [5, 15, 60, 1440] as const;

/** All that the address holds of this room; defaults are left out. */
export const OVERVIEW_STATE = {
  /** Not set: the canvas where there is room for it. */
  view: parseAsStringLiteral(VIEWS),
  node: parseAsString,
  q: parseAsString.withDefault(""),
  kind: parseAsArrayOf(parseAsStringLiteral(KINDS)).withDefault([]),
  health: parseAsArrayOf(parseAsStringLiteral(HEALTHS)).withDefault([]),
  window: parseAsInteger.withDefault(15),
  /** Plugs whose handlers are unfolded. */
  open: parseAsArrayOf(parseAsString).withDefault([]),
};

export const windowOf = (minutes: number): (typeof WINDOWS)[number] => WINDOWS.find((known) => known === minutes) ?? 15;
