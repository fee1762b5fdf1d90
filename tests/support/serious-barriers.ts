import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { arrived } from "./hub-page.ts";

/** What axe finds serious or critical on this page, WCAG 2.1 AA; and whether the page scrolls sideways. */
export async function seriousBarriers(page: Page): Promise<string[]> {
  await arrived(page);
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa"]).analyze();
  const found = violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(" | ")}`);
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  );
  return sideways ? [...found, "the page scrolls sideways"] : found;
}
