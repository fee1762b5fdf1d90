import { z } from "zod";

/** An event pattern: exact (`invoice.paid`), with wildcards (`invoice.*`, `*.created`) or `*` for everything. */
export const eventPatternSchema = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\s]+$/, "An event pattern has no spaces.");

const compiled = new Map<string, RegExp>();

function toRegExp(pattern: string): RegExp {
  const known = compiled.get(pattern);
  if (known) return known;
  const source = pattern
    .split("*")
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
  const made = new RegExp(`^${source}$`, "s");
  compiled.set(pattern, made);
  return made;
}

/**
 * Does an event of this type concern a handler with these patterns?
 *
 * @example matchesEvent(["invoice.*"], "invoice.payment_failed") // true
 */
export function matchesEvent(patterns: readonly string[], type: string): boolean {
  return patterns.some(
    (pattern) => pattern === "*" || pattern === type || (pattern.includes("*") && toRegExp(pattern).test(type)),
  );
}
