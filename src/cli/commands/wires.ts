import type { WireRecord } from "../../contract/index.ts";
import { type CommandContext, type CommandGroup, openContext } from "../command-context.ts";
import { withPlug } from "../find-plug.ts";
import { ago } from "../moment.ts";
import { readPairs } from "../read-pairs.ts";
import { agree } from "./vars.ts";

const several = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** `khotan wires list|show|connect|renew|disconnect` */
export const wiresCommands: CommandGroup = (program, terminal) => {
  const wires = program
    .command("wires")
    .summary("see and connect webhooks")
    .description(
      "A wire is a plug's subscription to webhooks.\n\nExample: khotan wires connect github --var webhookSecret=s3cret",
    );

  wires
    .command("list", { isDefault: true })
    .summary("all wires")
    .description("Lists the wires of all plugs.\n\nExample: khotan wires list")
    .action(async (_, command) => {
      const context = await openContext(command, terminal);
      const answer = await context.client.listWires({ query: { tenant: context.tenant } });
      context.show(answer, ({ items }) =>
        context.table(items, [
          { title: "PLUG", value: (wire) => wire.plug, keep: true },
          { title: "STATUS", value: (wire) => wire.status },
          { title: "SCHEME", value: (wire) => wire.scheme },
          { title: "LAST", value: (wire) => ago(wire.lastReceivedAt) },
          { title: "EXPIRES", value: (wire) => wire.expiresAt },
          { title: "CALLBACK", value: (wire) => wire.callbackUrl },
        ]),
      );
    });

  wires
    .command("show")
    .argument("<plug>")
    .summary("one wire, and how to set it up")
    .description("Shows a plug's wire and its guide.\n\nExample: khotan wires show github")
    .action(async (plug: string, _, command) => {
      const context = await openContext(command, terminal);
      const query = { tenant: context.tenant };
      const wire = await withPlug(context, plug, () => context.client.getWire({ params: { plug }, query }));
      printWire(context, wire);
      if (!context.json)
        for (const [no, step] of wire.guide.entries()) context.line(`${no + 1}. ${step.title} ${step.text}`);
    });

  wires
    .command("connect")
    .argument("<plug>")
    .option("--var <name=value>", "a variable of the wire, e.g. its secret", several, [])
    .option("--callback-url <url>", "where the provider calls; default: this hub's own address")
    .summary("connect a wire, or change its variables")
    .description(
      "Connects a wire. A managed one subscribes at the provider.\n\nExample: khotan wires connect github --var webhookSecret=s3cret",
    )
    .action(async (plug: string, options: { var: readonly string[]; callbackUrl?: string }, command) => {
      const context = await openContext(command, terminal);
      const query = { tenant: context.tenant };
      const body = { vars: readPairs(options.var), callbackUrl: options.callbackUrl };
      printWire(
        context,
        await withPlug(context, plug, () => context.client.connectWire({ params: { plug }, query, body })),
      );
    });

  wires
    .command("renew")
    .argument("<plug>")
    .summary("renew a wire at the provider")
    .description("Renews a subscription before it ends.\n\nExample: khotan wires renew shopify")
    .action(async (plug: string, _, command) => {
      const context = await openContext(command, terminal);
      const query = { tenant: context.tenant };
      printWire(context, await withPlug(context, plug, () => context.client.renewWire({ params: { plug }, query })));
    });

  wires
    .command("disconnect")
    .argument("<plug>")
    .option("-y, --yes", "do not ask")
    .summary("disconnect a wire")
    .description("New webhooks are answered 404 from then on.\n\nExample: khotan wires disconnect github --yes")
    .action(async (plug: string, options: { yes?: boolean }, command) => {
      const context = await openContext(command, terminal);
      const query = { tenant: context.tenant };
      await agree(context, `Disconnect the wire of ${plug}?`, options.yes === true);
      printWire(
        context,
        await withPlug(context, plug, () => context.client.disconnectWire({ params: { plug }, query })),
      );
    });
};

function printWire(context: CommandContext, answer: WireRecord): void {
  context.show(answer, (wire) => {
    context.line(`${wire.plug}  ${wire.status}  ${wire.mode}, ${wire.scheme}  ${wire.events.join(", ")}`);
    context.line(`callback ${wire.callbackUrl}`);
    if (wire.expiresAt !== null) context.line(`expires ${wire.expiresAt}`);
    if (wire.error) context.line(`error ${wire.error.message}`);
  });
}
