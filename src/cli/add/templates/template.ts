import type { Registration } from "../../edit/register.ts";

/** A plug as a file beside `khotan.ts` gets hold of it. */
export interface PlugRef {
  readonly name: string;
  /** Where it is exported, when that is known: a module below the output folder, and the name. */
  readonly module?: { readonly from: string; readonly exported: string };
}

export interface IntegrationWish {
  readonly name: string;
  /** Whose it is. */
  readonly plug: PlugRef;
  /** Where a pass or a relay goes. */
  readonly to: PlugRef;
  readonly baseUrl: string | undefined;
  /** How relative imports end in this app: nothing, `.ts` or `.js`. */
  readonly ending: string;
}

/** A small file to begin with, and where it is registered. */
export interface Integration {
  /** Below the output folder, without its ending, e.g. `plugs/acme`. */
  readonly module: string;
  readonly text: string;
  readonly exported: string;
  readonly to: Registration["to"];
  /** What to do next, a line each. */
  readonly next: readonly string[];
}

export type Template = (wish: IntegrationWish) => Integration;

/** A line that imports a plug beside, and what stands for it; its name when nobody knows where it is defined. */
export function plugImport(
  plug: PlugRef,
  ending: string,
  as?: string,
): { readonly line: string; readonly value: string } {
  if (!plug.module) return { line: "", value: JSON.stringify(plug.name) };
  const { from, exported } = plug.module;
  const path = `../${from.replace(/^\.\//, "").replace(/\.[cm]?[jt]sx?$/, "")}${ending}`;
  const names = exported === "default" ? (as ?? "source") : `{ ${exported} }`;
  return { line: `import ${names} from "${path}";\n`, value: exported === "default" ? (as ?? "source") : exported };
}
