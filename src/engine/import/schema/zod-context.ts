import type { Expression } from "../code/expression.ts";
import type { NamedSchemas } from "./named-schemas.ts";
import type { SchemaNode } from "./schema-node.ts";

export interface ZodScope {
  readonly schemas: NamedSchemas;
  /** Named schemas that contain themselves; their constants are typed `z.ZodType<…>`. */
  readonly recursive: ReadonlySet<string>;
  /** Whether the constant of a named schema stands above. */
  readonly isDeclared: (name: string) => boolean;
}

export interface ZodContext extends ZodScope {
  /** The code of a shape inside of another one. */
  readonly write: (node: SchemaNode) => Expression;
}
