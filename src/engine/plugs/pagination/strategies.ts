import { offset, page } from "./counted.ts";
import { cursor, keyset, startingAfter } from "./cursor.ts";
import { custom, envelope, jsonApi, linkHeader } from "./linked.ts";

/** The ways in which APIs hand out lists. */
export const pagination = Object.freeze({
  offset,
  page,
  cursor,
  keyset,
  startingAfter,
  linkHeader,
  jsonApi,
  envelope,
  custom,
});
