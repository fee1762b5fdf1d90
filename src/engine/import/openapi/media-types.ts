import { JSON_TYPE, TEXT_TYPE } from "../../plugs/http/decode-body.ts";
import { at, entriesOf, type Place } from "./place.ts";

export interface Media {
  readonly type: string;
  readonly place: Place;
  readonly schema: Place;
}

/** What a plug makes of a body of this type: JSON is parsed, texts stay texts, the rest are bytes. */
export const isJson = (type: string): boolean => JSON_TYPE.test(type) || /^(?:\*|application)\/\*/i.test(type);
export const isText = (type: string): boolean => TEXT_TYPE.test(type);
export const isForm = (type: string): boolean => /^application\/x-www-form-urlencoded\b/i.test(type);
export const isMultipart = (type: string): boolean => /^multipart\//i.test(type);

/** The bodies that a `content` offers, in its order. */
export const mediaOf = (holder: Place): readonly Media[] =>
  entriesOf(at(holder, "content")).map(([type, place]) => ({ type, place, schema: at(place, "schema") }));

/** The plainest JSON first: `application/json` before types of a vendor. */
export function jsonOf(media: readonly Media[]): Media | undefined {
  return media.find(({ type }) => /^application\/json\b/i.test(type)) ?? media.find(({ type }) => isJson(type));
}
