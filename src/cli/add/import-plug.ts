import { relative, resolve } from "node:path";
import { MAX_UNCHOSEN_OPERATIONS } from "../../contract/index.ts";
import { usageError } from "../cli-error.ts";
import { refuseReserved } from "../find-plug.ts";
import type { Origin } from "../generate/manifest.ts";
import type { AddPlan } from "./add-plan.ts";
import { planModule } from "./integrations.ts";
import type { App } from "./read-app.ts";
import { isAddress, readDocument } from "./read-document.ts";

export interface ImportOptions {
  readonly name: string | undefined;
  readonly fromOpenapi?: string;
  readonly fromCurl?: string;
  readonly only?: readonly string[];
  readonly check?: "strict" | "passthrough" | "warn" | "off";
}

interface Made {
  readonly name: string;
  readonly code: string;
  readonly warnings: readonly { readonly path: string; readonly message: string }[];
}

/** A plug out of what describes its API already. @throws CliError, KhotanError for what cannot be read */
export async function planImport(app: App, options: ImportOptions, signal: AbortSignal): Promise<AddPlan> {
  const { made, origin } =
    options.fromCurl === undefined
      ? await openApi(app.folder, options, signal)
      : { made: await curl(options.fromCurl, options.name), origin: undefined };
  refuseReserved(made.name);
  const exported = /export const (\w+) = plug\(/.exec(made.code)?.[1] ?? made.name;
  const plan = planModule(
    app,
    {
      module: `plugs/${made.name}`,
      text: made.code,
      exported,
      to: { list: "plugs" },
      next: [`npx khotan vars show ${made.name}`, `npx khotan plug ${made.name} --info`],
    },
    origin,
  );
  return { ...plan, notes: made.warnings.map(({ path, message }) => `${path}: ${message}`) };
}

/** Loaded only here: the other commands need no compiler of documents. */
async function curl(command: string, name: string | undefined): Promise<Made> {
  const { plugFromCurl } = await import("khotan");
  return plugFromCurl(command, { name });
}

async function openApi(folder: string, options: ImportOptions, signal: AbortSignal) {
  const given = options.fromOpenapi ?? "";
  // It stands in files that are shared, where a path of this machine means nothing.
  const source = isAddress(given) ? given : relative(folder, resolve(folder, given)).replaceAll("\\", "/");
  const document = await readDocument(source, folder, signal);
  const { name, only, check } = options;
  const { openApiOperations } = await import("khotan");
  const { operations } = openApiOperations(document, source);
  if (only === undefined && operations.length > MAX_UNCHOSEN_OPERATIONS) {
    const first = operations.slice(0, 20).map(({ id }) => id);
    throw usageError(
      `The document has ${operations.length} operations; a plug needs a few of them.`,
      `Choose with --only, by a comma between them. They begin with: ${first.join(", ")}. All: --list`,
    );
  }
  const made = await fromOpenApi(document, { source, name, only, check });
  const origin: Origin = { by: "openapi", source, name: made.name, only: only && [...only], check };
  return { made, origin };
}

/** The same text for the same document: `khotan generate` compares. */
export async function fromOpenApi(
  document: string,
  options: {
    source: string;
    name?: string;
    only?: readonly string[];
    check?: "strict" | "passthrough" | "warn" | "off";
  },
): Promise<Made> {
  const { plugFromOpenApi } = await import("khotan");
  return plugFromOpenApi(document, options);
}

/** What there is to choose from, for `--list`. */
export async function operationsIn(source: string, folder: string, signal: AbortSignal) {
  const { openApiOperations } = await import("khotan");
  return openApiOperations(await readDocument(source, folder, signal), source).operations;
}
