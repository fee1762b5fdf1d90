import { array, type Expression, object, string, text } from "../code/expression.ts";
import { optionalString } from "./endpoint-expression.ts";
import type { VarModel } from "./plug-model.ts";

/** More than this is easier to read over several lines. */
const MAX_ON_ONE_LINE = 5;

/** One entry of a plug's `vars`. */
export function varExpression(variable: VarModel): Expression {
  const entries = [
    { key: "key", value: string(variable.key) },
    { key: "label", value: optionalString(variable.label) },
    { key: "type", value: string(variable.type) },
    { key: "required", value: variable.required ? text(true) : undefined },
    { key: "options", value: variable.options ? array(variable.options.map(string)) : undefined },
    { key: "defaultValue", value: optionalString(variable.defaultValue) },
    { key: "help", value: optionalString(variable.help) },
  ].filter(({ value }) => value !== undefined);
  return object(entries, entries.length > MAX_ON_ONE_LINE);
}
