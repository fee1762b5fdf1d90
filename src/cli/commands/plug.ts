import { type DebugAnswer, type DebugPlugDetail, type DebugSend, isMutating } from "../../contract/index.ts";
import { CliError, usageError } from "../cli-error.ts";
import { closest } from "../closest.ts";
import { type CommandContext, type CommandGroup, openContext } from "../command-context.ts";
import { EXIT } from "../exit-codes.ts";
import { withPlug } from "../find-plug.ts";
import { readPairs } from "../read-pairs.ts";

interface PlugOptions {
  readonly info?: boolean;
  readonly endpoint?: string;
  readonly compare?: boolean;
  readonly param: readonly string[];
  readonly query: readonly string[];
  readonly header: readonly string[];
  readonly data?: string;
  readonly include?: boolean;
}

const several = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** `khotan plug <name> …`, alias `probe`: what a plug can do, and requests by its real path. */
export const plugCommands: CommandGroup = (program, terminal) => {
  program
    .command("plug")
    .alias("probe")
    .summary("look at a plug, or send a request by it")
    .description(
      "Without a request: the plug's endpoints and variables. With one: sends it with the plug's own credentials, hooks and limits, once.\n\nExample: khotan plug github GET /repos/:owner/:repo --param owner=acme --param repo=shop",
    )
    .argument("<name>", "the plug")
    .argument("[method]", "GET, POST, PUT, PATCH, DELETE, HEAD or OPTIONS")
    .argument("[path]", "below the plug's base URL")
    .option("--info", "show the plug only")
    .option("-e, --endpoint <name>", "a declared endpoint instead of method and path")
    .option("--compare", "compare the answer with what the endpoint declares; a difference is exit code 1")
    .option("-p, --param <name=value>", "a value for :name in the path", several, [])
    .option("-q, --query <name=value>", "a query parameter", several, [])
    .option("-H, --header <name=value>", "a header", several, [])
    .option("-d, --data <body>", "the body: JSON or text; - reads standard input")
    .option("-i, --include", "print status and headers too")
    .action(
      async (name: string, method: string | undefined, path: string | undefined, options: PlugOptions, command) => {
        const context = await openContext(command, terminal);
        await withPlug(context, name, async () => {
          const query = { tenant: context.tenant };
          if (options.info || (method === undefined && options.endpoint === undefined)) {
            const detail = await context.client.getDebugPlug({ params: { plug: name }, query });
            context.show(detail, () => printPlug(context, detail));
            return;
          }
          const body = await requestOf(context, name, method, path, options);
          const answer = await context.client.sendDebug({ params: { plug: name }, query, body });
          context.show(answer, () => printAnswer(context, answer, options.include === true));
          failIfWrong(answer);
        });
      },
    );
};

async function requestOf(
  context: CommandContext,
  plug: string,
  method: string | undefined,
  path: string | undefined,
  options: PlugOptions,
): Promise<DebugSend> {
  const text = options.data === "-" ? await context.terminal.readStdin() : options.data;
  const parts = {
    ...(options.param.length > 0 && { params: readPairs(options.param) }),
    ...(options.query.length > 0 && { query: readPairs(options.query) }),
    ...(options.header.length > 0 && { headers: readPairs(options.header) }),
    ...(text !== undefined && { body: jsonOrText(text) }),
    ...(options.compare && { compare: true }),
  };
  if (options.endpoint === undefined) {
    // `khotan plug github /user` reads like what it does.
    if (path === undefined && method?.startsWith("/")) return { ...parts, method: "GET", path: method };
    const known = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"] as const;
    const verb = known.find((one) => one === method?.toUpperCase());
    if (verb === undefined) throw usageError(`"${method}" is no method.`, `One of ${known.join(", ")}`);
    if (path === undefined) throw usageError("Give a path too.", `For example: khotan plug ${plug} ${verb} /`);
    return { ...parts, method: verb, path };
  }
  if (method !== undefined) throw usageError("Give either --endpoint, or a method and a path.");
  const { endpoints } = await context.client.getDebugPlug({ params: { plug } });
  const names = endpoints.map((one) => one.name);
  if (names.includes(options.endpoint)) return { ...parts, endpoint: options.endpoint };
  const near = closest(options.endpoint, names);
  throw new CliError(`${plug} declares no endpoint "${options.endpoint}".`, {
    exitCode: EXIT.notFound,
    hint: near ? `Did you mean "${near}"?` : `See khotan plug ${plug} --info`,
  });
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function printPlug(context: CommandContext, plug: DebugPlugDetail): void {
  context.line(`${plug.plug}  ${plug.baseUrl ?? "(base URL depends on variables)"}  auth ${plug.auth}`);
  const missing = plug.vars.missing.length > 0 ? `, missing: ${plug.vars.missing.join(", ")}` : "";
  context.line(`variables of ${plug.vars.tenant}: ${plug.vars.set} of ${plug.vars.total} set${missing}`);
  if (plug.endpoints.length === 0) return;
  context.line("");
  context.table(plug.endpoints, [
    { title: "ENDPOINT", value: (endpoint) => endpoint.name, keep: true },
    { title: "METHOD", value: (endpoint) => endpoint.method },
    { title: "PATH", value: (endpoint) => endpoint.path },
    {
      title: "ABOUT",
      value: (endpoint) => endpoint.summary ?? (isMutating(endpoint.method) ? "changes something" : ""),
    },
  ]);
}

function printAnswer(context: CommandContext, { request, response, compare }: DebugAnswer, include: boolean): void {
  context.note(`${request.method} ${request.url}${response ? ` → ${response.status}, ${response.size} bytes` : ""}`);
  if (!response) return;
  if (include) for (const [name, value] of Object.entries(response.headers)) context.line(`${name}: ${value}`);
  if (response.kind === "json") context.line(JSON.stringify(response.body, null, 2));
  if (response.kind === "text") context.line(String(response.body));
  if (response.kind === "binary") context.note("The body is binary and is not shown.");
  if (response.truncated) context.note("The body was cut.");
  if (!compare) return;
  for (const { path, expected } of compare.missing) context.note(`missing  ${path}: ${expected}`);
  for (const { path, expected, actual } of compare.wrongType)
    context.note(`wrong    ${path}: ${actual}, not ${expected}`);
  for (const { path, message } of compare.invalid) context.note(`invalid  ${path}: ${message}`);
  for (const { path, actual } of compare.extra) context.note(`extra    ${path}: ${actual}`);
  if (compare.undeclaredStatus !== null) context.note(`status ${compare.undeclaredStatus} is not declared`);
  if (compare.ok) context.note("As declared.");
}

function failIfWrong({ error, response, compare }: DebugAnswer): void {
  if (error) throw new CliError(error.message, { hint: error.hint });
  if (response && response.status >= 400) throw new CliError(`The other side answered ${response.status}.`);
  if (compare && !compare.ok) throw new CliError(`The answer is not as ${compare.endpoint} declares it.`);
}
