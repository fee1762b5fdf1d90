import { CliError, usageError } from "../cli-error.ts";
import { type CommandGroup, openContext } from "../command-context.ts";
import { exitCodeOf } from "../exit-codes.ts";
import { postWebhook } from "../post-webhook.ts";
import { makeSample, PROVIDERS, providerOf } from "../samples/make-sample.ts";

interface TriggerOptions {
  readonly plug?: string;
  readonly secret?: string;
  readonly data?: string;
  readonly to?: string;
  readonly stored?: boolean;
  readonly print?: boolean;
}

/** `khotan trigger <provider> <event>`: a realistic sample, signed as the provider does. */
export const triggerCommands: CommandGroup = (program, terminal) => {
  program
    .command("trigger")
    .argument("[provider]", `of ${Object.keys(PROVIDERS).join(", ")}`)
    .argument("[event]", "which sample; without one they are listed")
    .option("--plug <plug>", "the plug to send it to; default: the provider's name")
    .option("--secret <secret>", "the wire's secret; better: the environment's KHOTAN_WEBHOOK_SECRET")
    .option("-d, --data <json>", "an object whose fields go over the sample's")
    .option("--to <url>", "another address than this hub's webhook address")
    .option("--stored", "store it as a test event by the API: needs a key and no secret")
    .option("--print", "print the request and send nothing")
    .summary("send a sample webhook, correctly signed")
    .description(
      "Sends a sample of a provider's webhook to a hub. Samples: github, stripe, slack, shopify, generic (Standard Webhooks).\n\nExample: KHOTAN_WEBHOOK_SECRET=s3cret khotan trigger github push",
    )
    .action(async (name: string | undefined, event: string | undefined, options: TriggerOptions, command) => {
      const context = await openContext(command, terminal);
      if (name === undefined || event === undefined) {
        const wanted = name === undefined ? Object.entries(PROVIDERS) : [[name, providerOf(name)] as const];
        const samples = wanted.flatMap(([provider, { events }]) =>
          Object.keys(events).map((one) => ({ provider, event: one })),
        );
        context.show(samples, (rows) =>
          context.table(rows, [
            { title: "PROVIDER", value: (row) => row.provider },
            { title: "EVENT", value: (row) => row.event, keep: true },
          ]),
        );
        return;
      }
      const plug = options.plug ?? name;
      const secret = options.secret ?? terminal.env.KHOTAN_WEBHOOK_SECRET;
      const sample = makeSample(name, event, { secret, data: objectOf(options.data) });
      if (options.stored) {
        const body = { plug, tenant: context.tenant, headers: sample.headers, body: { text: decode(sample.body) } };
        const stored = await context.client.createEvent({ body });
        return context.show(stored, () => context.line(stored.id));
      }
      const address = options.to ?? webhookAddress(context.url, plug, context.tenant);
      if (options.print) {
        const shown = { url: address, headers: sample.headers, body: decode(sample.body) };
        return context.line(JSON.stringify(shown, null, 2));
      }
      if (secret === undefined || secret === "") {
        throw usageError(
          "There is no secret to sign with.",
          "Set KHOTAN_WEBHOOK_SECRET, or use --stored with an API key.",
        );
      }
      const answer = await postWebhook(address, sample, terminal.signal);
      context.show(answer, () => context.line(answer.text));
      if (answer.status < 300) return;
      throw new CliError(`${address} answered ${answer.status}.`, {
        exitCode: exitCodeOf(answer.status),
        hint: answer.status === 401 ? "Is the secret the wire's? Events → Rejected shows the reason." : undefined,
      });
    });
};

/** Where a hub takes webhooks of a plug. */
export const webhookAddress = (url: string, plug: string, tenant?: string): string =>
  `${url}/webhook/${encodeURIComponent(plug)}${tenant === undefined ? "" : `/${encodeURIComponent(tenant)}`}`;

const decode = (body: Uint8Array): string => new TextDecoder().decode(body);

function objectOf(text: string | undefined): Record<string, unknown> | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Told below.
  }
  throw usageError("--data is a JSON object.", `For example: --data '{"ref":"refs/heads/next"}'`);
}
