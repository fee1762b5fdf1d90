import type { AnyPlug, VarRecord } from "khotan";
import { anyAddress } from "../../plugs/testing/any-address.ts";
import { loadCode } from "./load-code.ts";

/** A plug whose endpoints are only known when the test runs. */
export interface LoosePlug {
  call(name: string, input?: object): Promise<{ readonly status: number; readonly body: unknown }>;
  callPaged(name: string, input?: object): AsyncIterable<unknown>;
}

/** Run generated code and bind the plug that it defines. */
export function bindCode(code: string, name: string, vars: VarRecord): LoosePlug {
  const plug = Object.values(loadCode(code)).find((each): each is AnyPlug => isPlug(each) && each.name === name);
  if (!plug) throw new Error(`no plug "${name}" in the code`);
  return plug.bind({ tenant: "default", vars, guard: anyAddress }) as unknown as LoosePlug; // generated: no type of its own
}

const isPlug = (value: unknown): value is AnyPlug =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === "plug";
