import { CliError, usageError } from "../cli-error.ts";
import { closest } from "../closest.ts";
import { register } from "../edit/register.ts";
import { EXIT } from "../exit-codes.ts";
import { refuseReserved } from "../find-plug.ts";
import type { AddPlan } from "./add-plan.ts";
import { checkName, exportName } from "./names.ts";
import { type App, hubFile } from "./read-app.ts";
import { cacheTemplate } from "./templates/cache.ts";
import { catchTemplate } from "./templates/catch.ts";
import { inflowTemplate, outflowTemplate, relayTemplate } from "./templates/flows.ts";
import { passTemplate } from "./templates/pass.ts";
import { plugTemplate } from "./templates/plug.ts";
import type { Integration, PlugRef, Template } from "./templates/template.ts";
import { wireTemplate } from "./templates/wire.ts";

/** What can be integrated, by the name it has on the command line. */
export const INTEGRATIONS: Readonly<Record<string, Template>> = {
  plug: plugTemplate,
  wire: wireTemplate,
  catch: catchTemplate,
  pass: passTemplate,
  inflow: inflowTemplate,
  outflow: outflowTemplate,
  relay: relayTemplate,
  cache: cacheTemplate,
};

export interface IntegrationOptions {
  /** The plug it belongs to. */
  readonly plug?: string;
  /** The plug it goes to. */
  readonly to?: string;
  readonly baseUrl?: string;
}

/** @throws CliError when a name is missing or wrong */
export function planIntegration(
  app: App,
  kind: string,
  given: string | undefined,
  options: IntegrationOptions,
): AddPlan {
  const template = INTEGRATIONS[kind];
  if (!template) throw usageError(`"${kind}" cannot be added.`);
  const alone = kind === "plug" || kind === "cache";
  // `khotan add wire github` is the wire of the plug github: it has at most one.
  const wireOf = kind === "wire" && options.plug === undefined ? given : undefined;
  const name = wireOf === undefined ? given : `${wireOf}-wire`;
  if (name === undefined)
    throw usageError(`What is the ${kind} called?`, `For example: khotan add ${kind} ${EXAMPLES[kind]}`);
  checkName(name);
  if (kind === "plug") refuseReserved(name);
  const plug = alone ? { name } : plugOf(app, options.plug ?? wireOf ?? onlyPlug(app, kind));
  const goes = kind === "pass" || kind === "relay";
  const to = goes ? plugOf(app, options.to ?? otherPlug(app, kind, plug.name)) : plug;
  if (options.baseUrl !== undefined && !/^https?:\/\/\S+$/.test(options.baseUrl)) {
    throw usageError(
      `"${options.baseUrl}" is not the address of an API.`,
      "For example --base-url https://api.acme.com/v1",
    );
  }
  return planModule(app, template({ name, plug, to, baseUrl: options.baseUrl, ending: app.ending }));
}

const EXAMPLES: Readonly<Record<string, string>> = {
  plug: "acme --base-url https://api.acme.com",
  wire: "acme",
  catch: "keep-orders --plug acme",
  pass: "orders-to-slack --plug acme --to slack",
  inflow: "products --plug acme",
  outflow: "stock --plug acme",
  relay: "orders-to-books --plug acme --to books",
  cache: "seen",
};

/** A module of the app's integrations, and its place in `khotan.ts`. */
export function planModule(app: App, made: Integration, origin?: AddPlan["files"][number]["origin"]): AddPlan {
  const path = `${app.outputDir}/${made.module}.ts`;
  const { exported, to } = made;
  const wish = { name: exported, from: `./${made.module}`, to };
  const place =
    "plug" in to
      ? `to the entry of the plug "${to.plug}": ${to.list}: [${exported}]`
      : `to ${to.list}: ${to.list === "plugs" ? `{ plug: ${exported} }` : exported}`;
  return {
    files: [{ path, text: made.text, origin }],
    edits: [
      {
        path: hubFile(app),
        byHand: `Add the import, import { ${exported} } from "./${made.module}${app.ending}";\nand ${place}`,
        edit: (text) => register(text, wish),
        needs: { path, exported },
      },
    ],
    next: made.next,
  };
}

/** A plug that `khotan.ts` shows; else the file that `khotan add plug` would write for it. */
function plugOf(app: App, name: string): PlugRef {
  checkName(name);
  const known = app.plugs.find(({ names }) => names.includes(name));
  if (!known && app.plugs.length > 0) {
    const names = app.plugs.flatMap((one) => one.names);
    const near = closest(name, names);
    throw new CliError(`${hubFile(app)} registers no plug "${name}".`, {
      exitCode: EXIT.notFound,
      hint: near ? `Did you mean "${near}"?` : `First: khotan add plug ${name}`,
    });
  }
  if (known) {
    const { from, exported } = known;
    return from !== undefined && exported !== undefined && from.startsWith("./")
      ? { name, module: { from, exported } }
      : { name };
  }
  return {
    name,
    module: { from: `./plugs/${name}`, exported: exportName(name, "plug", ["plug", "bearer", "fromVar"]) },
  };
}

function onlyPlug(app: App, kind: string): string {
  const [only, ...others] = app.plugs.flatMap(({ names }) => names.slice(0, 1));
  if (only !== undefined && others.length === 0) return only;
  throw usageError(`Which plug is the ${kind} for?`, hintOf(app, "--plug"));
}

function otherPlug(app: App, kind: string, plug: string): string {
  const [only, ...others] = app.plugs.flatMap(({ names }) => (names.includes(plug) ? [] : names.slice(0, 1)));
  if (only !== undefined && others.length === 0) return only;
  throw usageError(`Which plug does the ${kind} go to?`, hintOf(app, "--to"));
}

function hintOf(app: App, option: string): string {
  const names = app.plugs.flatMap((one) => one.names.slice(0, 1));
  return `Add ${option} and its name${names.length === 0 ? "." : `: ${names.join(", ")}`}`;
}
