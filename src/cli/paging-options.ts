import { type Command, InvalidArgumentError } from "commander";
import type { CommandContext } from "./command-context.ts";

/** A whole number from 1 to `max`, as an option's value. */
export const countUpTo =
  (max: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < 1 || value > max) throw new InvalidArgumentError(`Give 1 to ${max}.`);
    return value;
  };

/** Options of every list that is paged. */
export const pagingOptions = (command: Command): Command =>
  command
    .option("-n, --limit <count>", "rows, 1 to 200", countUpTo(200), 20)
    .option("--cursor <cursor>", "the next page, as the page before printed it");

export interface Paging {
  readonly limit: number;
  readonly cursor?: string;
}

/** Says how to go on, where that does not disturb a pipe. */
export function noteMore(context: CommandContext, page: { readonly next: string | null }): void {
  if (page.next !== null && !context.json) context.note(`More: --cursor ${page.next}`);
}
