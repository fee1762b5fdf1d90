import type { SchemaNode } from "../schema/schema-node.ts";
import type { Place } from "./place.ts";
import type { OpenApiDocument } from "./read-document.ts";

/** `readOnly` properties are not sent, `writeOnly` ones do not come back. */
export type Direction = "request" | "response";

/** What reading a schema needs. */
export interface SchemaContext {
  readonly document: OpenApiDocument;
  readonly direction: Direction;
  /** The named schema that a `$ref` points at. */
  readonly refer: (place: Place, ref: string) => SchemaNode;
  readonly warn: (place: Place, message: string) => void;
  /** A schema inside of this one. */
  readonly read: (place: Place) => SchemaNode;
}
