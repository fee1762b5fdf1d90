import type { AuditRecord } from "../../../contract/index.ts";

/** The keys an entry speaks of, whatever its action calls them. */
export function auditKeys({ data, target }: Pick<AuditRecord, "data" | "target">): string[] {
  const keys = ["keys", "vars", "cleared"].flatMap((name) => {
    const value = data[name];
    return Array.isArray(value) ? value.filter((key) => typeof key === "string") : [];
  });
  return keys.length > 0 ? [...new Set(keys)] : target === null ? [] : [target];
}
