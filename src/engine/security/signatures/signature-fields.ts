/**
 * Fields of a header like `t=1492774577,v1=5257a8…,v1=6ffbb5…`, in their order.
 * Without a prototype, and several values per name, since rotation sends several signatures.
 */
export function signatureFields(header: string, separator: "," | ";"): ReadonlyMap<string, readonly string[]> {
  const fields = new Map<string, string[]>();
  for (const part of header.split(separator)) {
    const equals = part.indexOf("=");
    if (equals === -1) continue;
    const name = part.slice(0, equals).trim();
    const values = fields.get(name) ?? [];
    values.push(part.slice(equals + 1).trim());
    fields.set(name, values);
  }
  return fields;
}
