import type { ArrayFormat, EndpointMethod, ResponseCheck, VarDefinition } from "../../plugs/index.ts";
import type { Expression } from "../code/expression.ts";
import type { NamedSchemas } from "../schema/named-schemas.ts";
import type { ObjectNode, SchemaNode } from "../schema/schema-node.ts";

/** A plug before it is code. */
export interface PlugModel {
  readonly name: string;
  readonly label?: string | undefined;
  readonly description?: string | undefined;
  readonly docsUrl?: string | undefined;
  /** Stands above the plug. */
  readonly doc: readonly string[];
  readonly baseUrl: Expression;
  readonly auth?: Expression | undefined;
  readonly vars: readonly VarModel[];
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly idempotencyHeader?: string | undefined;
  readonly arrayFormat?: ArrayFormat | undefined;
  readonly pagination?: Expression | undefined;
  readonly schemas: NamedSchemas;
  readonly endpoints: readonly EndpointModel[];
}

export type VarModel = Pick<VarDefinition, "key" | "label" | "type" | "required" | "help"> & {
  readonly defaultValue?: string | undefined;
  readonly options?: readonly string[] | undefined;
};

export interface EndpointModel {
  readonly name: string;
  readonly method: EndpointMethod;
  readonly path: string;
  readonly summary?: string | undefined;
  /** Written above it. */
  readonly note?: string | undefined;
  readonly params?: ObjectNode | undefined;
  readonly query?: ObjectNode | undefined;
  readonly headers?: ObjectNode | undefined;
  readonly body?: { readonly schema: SchemaNode; readonly optional: boolean; readonly form: boolean } | undefined;
  readonly responses: readonly { readonly status: number; readonly schema: SchemaNode }[];
  readonly check?: ResponseCheck | undefined;
  readonly pagination?: Expression | undefined;
}
