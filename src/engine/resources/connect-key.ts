import { type ConnectValue, connectSchema } from "../../contract/index.ts";
import { KhotanError } from "../errors.ts";
import type { Resource } from "./resource.ts";

/** Which record it is: the values by field, and the one text they make. */
export interface Connect {
  readonly values: Record<string, string>;
  readonly key: string;
}

/**
 * Check connect values against a resource. Numbers become their digits, so that
 * a system that writes `17` and one that writes `"17"` mean the same record.
 *
 * @example connectOf(products, "A-1") // { values: { sku: "A-1" }, key: "A-1" }
 * @throws KhotanError `validation_failed` naming the field
 */
export function connectOf(resource: Resource, value: ConnectValue, path = "connect"): Connect {
  const checked = connectSchema.safeParse(value);
  if (!checked.success) {
    throw refused(resource, path, checked.error.issues[0]?.message ?? "This is no connect value.");
  }
  const { connectFields } = resource;
  const [only] = connectFields;
  if (typeof checked.data === "string") {
    if (connectFields.length === 1 && only !== undefined)
      return { values: { [only]: checked.data }, key: checked.data };
    throw refused(resource, path, "One value is not enough.");
  }
  const values: Record<string, string> = {};
  for (const field of connectFields) {
    const one = checked.data[field];
    if (one === undefined) throw refused(resource, `${path}.${field}`, "This field is missing.");
    values[field] = one;
  }
  const extra = Object.keys(checked.data).find((field) => !connectFields.includes(field));
  if (extra !== undefined) throw refused(resource, `${path}.${extra}`, "There is no such connect field.");
  return { values, key: keyOf(resource, values) };
}

/** Two records are the same exactly when their keys are. */
const keyOf = (resource: Resource, values: Readonly<Record<string, string>>): string => {
  const list = resource.connectFields.map((field) => values[field] ?? "");
  return list.length === 1 ? (list[0] ?? "") : JSON.stringify(list);
};

const refused = (resource: Resource, path: string, message: string) =>
  new KhotanError("validation_failed", `${path}: ${message}`, {
    hint: `Records of "${resource.name}" are known by ${resource.connectFields.join(" and ")}.`,
    issues: [{ path, message }],
  });
