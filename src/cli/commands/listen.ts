import { join } from "node:path";
import type { EventRecord } from "../../contract/index.ts";
import { CliError, usageError } from "../cli-error.ts";
import { type CommandContext, type CommandGroup, openContext } from "../command-context.ts";
import { DEFAULT_URL } from "../connect.ts";
import { EXIT } from "../exit-codes.ts";
import { followHub } from "../follow-hub.ts";
import { forwardedHeaders } from "../forwarded-headers.ts";
import { type HistoryEntry, readHistory, remember } from "../listen-history.ts";
import { newEvents } from "../new-rows.ts";
import { postWebhook } from "../post-webhook.ts";
import { refuseUnknown } from "../refuse-unknown.ts";
import { madeUp, providerOf } from "../samples/make-sample.ts";
import { oneLine } from "../table.ts";
import { webhookAddress } from "./trigger.ts";

interface ListenOptions {
  readonly plug?: string;
  readonly to?: string;
  readonly sign?: string;
  readonly secret?: string;
  readonly history?: boolean;
  readonly historyFile?: string;
  readonly resend?: string;
}

/** `khotan listen`: a remote hub's webhooks on this machine, without anything reaching in. */
export const listenCommands: CommandGroup = (program, terminal) => {
  program
    .command("listen")
    .option("--plug <plug>", "only webhooks of this plug")
    .option("--to <url>", `where to send them; default ${DEFAULT_URL}/webhook/{plug}`)
    .option("--sign <provider>", "sign anew as github, stripe, slack, shopify or generic, for a local secret")
    .option("--secret <secret>", "the local wire's secret; better: the environment's KHOTAN_WEBHOOK_SECRET")
    .option("--history", "list what came, and end")
    .option("--resend <id>", "send one of the history again (an event's id, or last), and end")
    .option("--history-file <file>", "default .khotan/listen.jsonl")
    .summary("bring a remote hub's webhooks to this machine")
    .description(
      "Connects out to a hub, fetches each webhook as it comes and posts its exact bytes to a local address. A hub on this machine has them already: without --to they are shown, and kept to resend from. Needs an operator's key.\n\nExample: khotan listen --url https://hub.example.com --plug github --sign github",
    )
    .action(async (options: ListenOptions, command) => {
      const context = await openContext(command, terminal);
      const file = options.historyFile ?? join(terminal.cwd, ".khotan", "listen.jsonl");
      if (options.history) {
        const entries = await readHistory(file);
        return context.show(
          entries.map(({ body: _, headers: __, ...rest }) => rest),
          (rows) =>
            context.table(rows, [
              { title: "EVENT", value: (entry) => entry.id, keep: true },
              { title: "PLUG", value: (entry) => entry.plug },
              { title: "TYPE", value: (entry) => entry.type },
              { title: "ANSWER", value: (entry) => entry.status || "none" },
              { title: "TO", value: (entry) => entry.url },
            ]),
        );
      }
      const send = sender(context, options, file);
      if (options.resend !== undefined) return resend(send, await readHistory(file), options);
      const isHere = options.to === undefined && isOnThisMachine(context.url);
      return listen(context, options, isHere ? receiver(context, file) : send);
    });
};

/** A hub that runs beside us has each webhook already: sending it there again would only be a repeat. */
const isOnThisMachine = (url: string): boolean =>
  /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname);

/** Shows what came, and keeps it to resend from. */
function receiver(context: CommandContext, file: string): Send {
  return async (event) => {
    const url = event.url.replace(DEFAULT_URL, context.url);
    await remember(file, { ...event, url, status: ACCEPTED });
    const { id, plug, type, receivedAt } = event;
    if (context.json) context.line(JSON.stringify({ id, plug, type, url, status: ACCEPTED }));
    else context.line(`${receivedAt.slice(11, 23)} ${id} ${plug} ${oneLine(type)}`);
    return ACCEPTED;
  };
}

const ACCEPTED = 202;

type Send = (event: Omit<HistoryEntry, "status">) => Promise<number>;

async function listen(context: CommandContext, options: ListenOptions, send: Send): Promise<void> {
  const { client } = context;
  await refuseUnknown(context, { plug: options.plug });
  const events = newEvents(client, { plug: options.plug, tenant: context.tenant });
  await events.start();
  await followHub(
    context,
    {
      events: async () => {
        for (const event of await events.read()) {
          if (context.terminal.signal.aborted) return;
          if (event.origin === "webhook") await send(await fetchWebhook(context, event, options));
        }
      },
    },
    () => context.note(`Listening to ${context.url}, Ctrl-C ends it.`),
  );
}

async function fetchWebhook({ client }: CommandContext, event: EventRecord, { to }: ListenOptions) {
  const params = { id: event.id };
  const [{ headers }, bytes] = await Promise.all([client.getEvent({ params }), client.getEventRaw({ params })]);
  const tenant = event.tenant === "default" ? undefined : event.tenant;
  const { id, plug, type, receivedAt } = event;
  const url = to ?? webhookAddress(DEFAULT_URL, plug, tenant);
  return {
    id,
    plug,
    type,
    receivedAt,
    url,
    headers: forwardedHeaders(headers),
    body: Buffer.from(bytes).toString("base64"),
  };
}

/** A local server that is down stops nothing: the event stands in the history. */
function sender(context: CommandContext, options: ListenOptions, file: string): Send {
  const secret = options.secret ?? context.terminal.env.KHOTAN_WEBHOOK_SECRET;
  if (options.sign !== undefined && !secret) throw usageError("--sign needs a secret.", "Set KHOTAN_WEBHOOK_SECRET.");
  const provider = options.sign === undefined ? undefined : providerOf(options.sign);
  return async (event) => {
    const body = new Uint8Array(Buffer.from(event.body, "base64"));
    // A message's id is part of what Standard Webhooks signs.
    const id = event.headers["webhook-id"]?.replace(/^msg_/, "");
    const made = { ...madeUp(), ...(id !== undefined && { id }) };
    const signature = provider && secret ? provider.sign(body, secret, made) : {};
    const headers = { ...event.headers, ...signature };
    const answer = await postWebhook(event.url, { headers, body }, context.terminal.signal).catch((error: unknown) => {
      if (!(error instanceof CliError)) throw error;
      context.note(`${error.message} ${error.hint ?? ""}`);
      return { status: 0, text: "", ms: 0 };
    });
    await remember(file, { ...event, status: answer.status });
    if (context.json)
      context.line(
        JSON.stringify({ id: event.id, plug: event.plug, type: event.type, url: event.url, status: answer.status }),
      );
    else
      context.line(
        `${event.receivedAt.slice(11, 23)} ${event.id} ${event.plug} ${oneLine(event.type)} → ${answer.status || "no answer"} ${answer.ms} ms`,
      );
    if (answer.status === 401 && options.sign === undefined) {
      context.note(
        "The receiver refused the signature: sign anew for its own secret with --sign and KHOTAN_WEBHOOK_SECRET.",
      );
    }
    return answer.status;
  };
}

async function resend(
  send: Send,
  history: readonly HistoryEntry[],
  { resend: wanted, to }: ListenOptions,
): Promise<void> {
  const entry = wanted === "last" ? history.at(-1) : history.findLast(({ id }) => id === wanted);
  if (!entry)
    throw new CliError(`The history has no "${wanted}".`, {
      exitCode: EXIT.notFound,
      hint: "See khotan listen --history",
    });
  const { status: _, ...event } = entry;
  const status = await send({ ...event, url: to ?? entry.url });
  if (status >= 200 && status < 300) return;
  throw new CliError("It was not accepted.", { exitCode: status === 0 ? EXIT.unreachable : EXIT.failed });
}
