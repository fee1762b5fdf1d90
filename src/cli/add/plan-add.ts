import { usageError } from "../cli-error.ts";
import type { AddPlan } from "./add-plan.ts";
import { APP_KINDS } from "./app-kinds.ts";
import { type ImportOptions, planImport } from "./import-plug.ts";
import { INTEGRATIONS, type IntegrationOptions, planIntegration } from "./integrations.ts";
import type { App } from "./read-app.ts";

export { operationsIn } from "./import-plug.ts";

/** Everything that can be added, by the name it has on the command line. */
export const KINDS: readonly string[] = [...Object.keys(INTEGRATIONS), ...Object.keys(APP_KINDS)];

export type AddOptions = IntegrationOptions & Omit<ImportOptions, "name">;

/** What adding something would do. Looks only. @throws CliError for what is written wrong */
export async function planAdd(
  app: App,
  kind: string,
  name: string | undefined,
  options: AddOptions,
  signal: AbortSignal,
): Promise<AddPlan> {
  if (options.fromOpenapi !== undefined && options.fromCurl !== undefined) {
    throw usageError("Give either --from-openapi or --from-curl.");
  }
  if (options.fromOpenapi !== undefined || options.fromCurl !== undefined) {
    return await planImport(app, { ...options, name }, signal);
  }
  const inApp = Object.hasOwn(APP_KINDS, kind) ? APP_KINDS[kind] : undefined;
  if (inApp && name !== undefined) throw usageError(`${kind} has no name.`, `khotan add ${kind}`);
  return inApp ? inApp(app) : planIntegration(app, kind, name, options);
}
