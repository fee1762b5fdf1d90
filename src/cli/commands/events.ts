import { type DeliveryRecord, type EventDetail, type EventRecord, isFinalDelivery } from "../../contract/index.ts";
import { type CommandContext, type CommandGroup, openContext } from "../command-context.ts";
import { ago, momentOf } from "../moment.ts";
import { noteMore, type Paging, pagingOptions } from "../paging-options.ts";
import { refuseUnknown } from "../refuse-unknown.ts";
import { type Column, oneLine } from "../table.ts";

const deliveriesOf = ({ deliveries }: EventRecord): string =>
  Object.entries(deliveries)
    .map(([status, count]) => `${count} ${status}`)
    .join(", ");

export const EVENT_COLUMNS: readonly Column<EventRecord>[] = [
  { title: "EVENT", value: (event) => event.id, keep: true },
  { title: "AGE", value: (event) => ago(event.receivedAt), keep: true },
  { title: "PLUG", value: (event) => event.plug },
  { title: "TYPE", value: (event) => event.type },
  { title: "TENANT", value: (event) => event.tenant },
  { title: "ORIGIN", value: (event) => event.origin },
  { title: "DELIVERIES", value: deliveriesOf },
];

const DELIVERY_COLUMNS: readonly Column<DeliveryRecord>[] = [
  { title: "DELIVERY", value: (delivery) => delivery.id, keep: true },
  { title: "HANDLER", value: (delivery) => delivery.handler.name },
  { title: "STATUS", value: (delivery) => delivery.status },
  { title: "TRIES", value: (delivery) => `${delivery.attempts}/${delivery.maxAttempts}` },
  {
    title: "NEXT",
    value: (delivery) => (isFinalDelivery(delivery.status) ? "" : (delivery.held ?? delivery.nextAttemptAt)),
  },
  { title: "ERROR", value: (delivery) => delivery.lastError?.message },
];

interface EventsFilter extends Paging {
  readonly plug?: string;
  readonly type?: string;
  readonly since?: string;
  readonly search?: string;
}

/** `khotan events list|show|replay` */
export const eventsCommands: CommandGroup = (program, terminal) => {
  const events = program
    .command("events")
    .summary("see and replay what came in")
    .description("Received webhooks and other events.\n\nExample: khotan events list --plug github --type 'push*'");

  pagingOptions(events.command("list", { isDefault: true }))
    .option("--plug <plug>")
    .option("--type <type>", "exact, or with a * at the end")
    .option("--since <time>", "15m, 2h, 7d or an ISO time")
    .option("--search <text>", "part of an id, type or dedupe key")
    .summary("events, newest first")
    .description("Lists events, newest first.\n\nExample: khotan events list --since 15m --json")
    .action(async ({ plug, type, since, search, limit, cursor }: EventsFilter, command) => {
      const context = await openContext(command, terminal);
      const from = since === undefined ? undefined : momentOf(since);
      const answer = await context.client.listEvents({
        query: { plug, type, limit, cursor, q: search, since: from, tenant: context.tenant },
      });
      if (answer.items.length === 0) await refuseUnknown(context, { plug });
      context.show(answer, ({ items }) => context.table(items, EVENT_COLUMNS));
      noteMore(context, answer.page);
    });

  events
    .command("show")
    .argument("<id>")
    .option("--raw", "only the body, byte for byte as it came (as text)")
    .summary("one event with its deliveries")
    .description("Shows an event: request, verification, deliveries.\n\nExample: khotan events show evt_… --raw | jq .")
    .action(async (id: string, options: { raw?: boolean }, command) => {
      const context = await openContext(command, terminal);
      if (options.raw) {
        terminal.out(new TextDecoder().decode(await context.client.getEventRaw({ params: { id } })));
        return;
      }
      context.show(await context.client.getEvent({ params: { id } }), (event) => printEvent(context, event));
    });

  events
    .command("replay")
    .argument("<id>")
    .option("--handler <id>", "only to this handler")
    .summary("deliver an event again")
    .description("Makes new deliveries for the handlers that match.\n\nExample: khotan events replay evt_…")
    .action(async (id: string, options: { handler?: string }, command) => {
      const context = await openContext(command, terminal);
      const answer = await context.client.replayEvent({ params: { id }, body: { handlerId: options.handler } });
      context.show(answer, ({ deliveries }) => context.table(deliveries, DELIVERY_COLUMNS.slice(0, 3)));
    });
};

function printEvent(context: CommandContext, event: EventDetail): void {
  context.line(`${event.id}  ${event.plug}  ${oneLine(event.type)}  ${event.tenant}  ${event.receivedAt}`);
  context.line(
    `${event.origin}, ${event.verification.ok ? "verified by" : "not verified:"} ${event.verification.scheme}, ${event.size} bytes`,
  );
  context.line("");
  for (const [name, value] of Object.entries(event.headers)) context.line(`${name}: ${oneLine(value)}`);
  context.line("");
  context.line(event.payload === null ? "(no JSON body; see --raw)" : JSON.stringify(event.payload, null, 2));
  if (event.deliveries.length === 0) return;
  context.line("");
  context.table(event.deliveries, DELIVERY_COLUMNS);
}
