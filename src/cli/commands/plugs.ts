import type { PlugRecord } from "../../contract/index.ts";
import { type CommandGroup, openContext } from "../command-context.ts";
import type { Column } from "../table.ts";

const COLUMNS: readonly Column<PlugRecord>[] = [
  { title: "PLUG", value: (plug) => plug.name, keep: true },
  { title: "ON", value: (plug) => (plug.enabled ? "on" : "off") },
  { title: "CONNECTION", value: ({ connection }) => connection.status },
  { title: "WIRE", value: ({ wire }) => wire?.status },
  { title: "WAITING", value: ({ counts }) => counts.waiting },
  { title: "DEAD", value: ({ counts }) => counts.dead },
  { title: "BASE URL", value: (plug) => plug.baseUrl },
];

/** `khotan plugs` */
export const plugsCommands: CommandGroup = (program, terminal) => {
  program
    .command("plugs")
    .summary("list the plugs")
    .description("Lists the registered plugs and how far each is set up.\n\nExample: khotan plugs --tenant acme")
    .action(async (_, command) => {
      const context = await openContext(command, terminal);
      const answer = await context.client.listPlugs({ query: { tenant: context.tenant } });
      context.show(answer, ({ items }) => context.table(items, COLUMNS));
    });
};
