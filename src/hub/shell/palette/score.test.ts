import { expect, it } from "vitest";
import { score } from "./score.ts";

it.each([
  ["Slack plug:slack", "sla", [], 1],
  ["payment-failed-to-slack", "slack", [], 0.8],
  ["payment-failed-to-slack", "iled", [], 0.6],
  ["record-invoices", "stripe", ["catch", "stripe"], 0.4],
  ["record-invoices", "inv stripe", ["stripe"], 0.4],
  ["Stripe", "sla", [], 0],
  ["a (b)", "(", [], 0.8],
  ["anything", "", [], 1],
])("%s for %s", (value, search, keywords, expected) => expect(score(value, search, keywords)).toBe(expected));
