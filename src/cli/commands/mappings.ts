import { type CommandGroup, openContext } from "../command-context.ts";
import { noteMore, type Paging, pagingOptions } from "../paging-options.ts";
import { refuseUnknown } from "../refuse-unknown.ts";

interface MappingsFilter extends Paging {
  readonly resource?: string;
  readonly plug?: string;
  readonly search?: string;
}

const pairs = (record: Readonly<Record<string, string>>): string =>
  Object.entries(record)
    .map(([name, value]) => `${name}=${value}`)
    .join(" ");

/** `khotan mappings list|show` */
export const mappingsCommands: CommandGroup = (program, terminal) => {
  const mappings = program
    .command("mappings")
    .summary("what a record is called where")
    .description("Identities of records across plugs.\n\nExample: khotan mappings --resource products --search SKU-17");

  pagingOptions(mappings.command("list", { isDefault: true }))
    .option("--resource <name>")
    .option("--plug <plug>", "only with a ref there")
    .option("--search <text>", "part of a connect value or a ref")
    .summary("mappings, newest first")
    .description("Lists mappings, newest first.\n\nExample: khotan mappings list --resource products")
    .action(async ({ resource, plug, search, limit, cursor }: MappingsFilter, command) => {
      const context = await openContext(command, terminal);
      const query = { resource, plug, q: search, limit, cursor, tenant: context.tenant };
      const answer = await context.client.listMappings({ query });
      if (answer.items.length === 0) await refuseUnknown(context, { plug });
      context.show(answer, ({ items }) =>
        context.table(items, [
          { title: "MAPPING", value: (mapping) => mapping.id, keep: true },
          { title: "RESOURCE", value: (mapping) => mapping.resource },
          { title: "TENANT", value: (mapping) => mapping.tenant },
          { title: "CONNECT", value: (mapping) => pairs(mapping.connect) },
          { title: "REFS", value: (mapping) => pairs(mapping.refs) },
        ]),
      );
      noteMore(context, answer.page);
    });

  mappings
    .command("show")
    .argument("<id>")
    .summary("one mapping")
    .description("Shows a mapping with its metadata.\n\nExample: khotan mappings show map_…")
    .action(async (id: string, _, command) => {
      const context = await openContext(command, terminal);
      const answer = await context.client.getMapping({ params: { id } });
      context.show(answer, (mapping) => context.line(JSON.stringify(mapping, null, 2)));
    });
};
