import { chained, type Expression, object, string } from "../code/expression.ts";
import type { SchemaNode } from "../schema/schema-node.ts";
import type { ZodScope } from "../schema/zod-context.ts";
import { zodExpression } from "../schema/zod-expression.ts";
import type { EndpointModel } from "./plug-model.ts";

/** One entry of a plug's `endpoints`. */
export function endpointExpression(endpoint: EndpointModel, scope: ZodScope): Expression {
  const zod = (node: SchemaNode | undefined) => (node ? zodExpression(node, scope) : undefined);
  const { body, responses } = endpoint;
  return object(
    [
      { key: "method", value: string(endpoint.method) },
      { key: "path", value: string(endpoint.path) },
      { key: "summary", value: optionalString(endpoint.summary) },
      { key: "params", value: zod(endpoint.params) },
      { key: "query", value: zod(endpoint.query) },
      { key: "headers", value: zod(endpoint.headers) },
      {
        key: "body",
        value: body?.optional ? chained(zodExpression(body.schema, scope), "optional") : zod(body?.schema),
      },
      { key: "bodyType", value: body?.form ? string("form") : undefined },
      {
        key: "responses",
        value: object(
          responses.map(({ status, schema }) => ({ key: String(status), value: zodExpression(schema, scope) })),
          responses.length > 2,
        ),
      },
      { key: "check", value: optionalString(endpoint.check) },
      { key: "pagination", value: endpoint.pagination },
    ],
    true,
  );
}

export const optionalString = (value: string | undefined): Expression | undefined =>
  value === undefined ? undefined : string(value);
