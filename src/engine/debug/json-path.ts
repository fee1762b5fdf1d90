/**
 * Write a place in a JSON value as a JSON path (RFC 9535).
 *
 * @example jsonPath(["items", 0, "unit price"]) // `$.items[0]["unit price"]`
 */
export const jsonPath = (steps: readonly PropertyKey[]): string => `$${steps.map(written).join("")}`;

/** The same place in every item of a list. @example anyItemPath(["items", 7, "price"]) // "$.items[*].price" */
export const anyItemPath = (steps: readonly PropertyKey[]): string =>
  `$${steps.map((step) => (typeof step === "number" ? "[*]" : written(step))).join("")}`;

function written(step: PropertyKey): string {
  if (typeof step === "number") return `[${step}]`;
  const name = String(step);
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}
