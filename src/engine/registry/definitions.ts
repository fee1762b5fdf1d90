import type { HandlerKind } from "../../contract/index.ts";
import type { PlugRegistration } from "../config.ts";
import { KhotanConfigError } from "../errors.ts";
import { eventStarters } from "../flows/event-starters.ts";
import type { Flow } from "../flows/flow.ts";
import { misplacedFlows } from "../flows/misplaced-flows.ts";
import type { Handler } from "../handlers/handler.ts";
import type { AnyPlug } from "../plugs/index.ts";
import type { Wire } from "../wires/wire.ts";
import type { Registry } from "./registry.ts";

/** One registered plug and what hangs on it. */
export interface RegisteredPlug {
  readonly plug: AnyPlug;
  readonly wire: Wire | null;
  readonly handlers: readonly Handler[];
  readonly flows: readonly Flow[];
}

export type Definitions = ReadonlyMap<string, RegisteredPlug>;

/** A handler's identity as one string. */
export const handlerKey = (plug: string, kind: HandlerKind, name: string): string => `${plug}/${kind}/${name}`;

/**
 * Turn the registration into a table by plug name.
 *
 * @param registry what it becomes, for handlers that start flows.
 * @throws KhotanConfigError naming every duplicate, misplaced handler or flow and missing destination.
 */
export function readDefinitions(
  registrations: readonly PlugRegistration[],
  registry: () => Pick<Registry, "flows"> = () => ({ flows: () => [] }),
): Definitions {
  const issues: { path: string; message: string }[] = [];
  const definitions = new Map<string, RegisteredPlug>();
  registrations.forEach((registration, index) => {
    const { plug, wires = [], passes = [], flows = [] } = registration;
    const catches = [...(registration.catches ?? []), ...eventStarters(flows, registry)];
    const path = `plugs[${index}]`;
    if (definitions.has(plug.name)) issues.push({ path, message: `There are two plugs named "${plug.name}".` });
    if (wires.length > 1)
      issues.push({ path: `${path}.wires`, message: `"${plug.name}" has ${wires.length} wires; a plug has one.` });
    issues.push(...misplaced(path, "catches", "catch", catches), ...misplaced(path, "passes", "pass", passes));
    definitions.set(plug.name, { plug, wire: wires[0] ?? null, handlers: [...catches, ...passes], flows });
  });
  registrations.forEach(({ passes = [] }, index) => {
    passes.forEach((pass, at) => {
      if (pass.to === null || definitions.has(pass.to)) return;
      issues.push({
        path: `plugs[${index}].passes[${at}].to`,
        message: `No plug "${pass.to}" is registered; there are: ${[...definitions.keys()].join(", ")}.`,
      });
    });
  });
  issues.push(...misplacedFlows(registrations, definitions));
  if (issues.length > 0) throw new KhotanConfigError(issues);
  return definitions;
}

function misplaced(path: string, field: string, kind: HandlerKind, handlers: readonly Handler[]) {
  const issues: { path: string; message: string }[] = [];
  const names = new Set<string>();
  handlers.forEach((handler, at) => {
    if (handler.kind !== kind)
      issues.push({
        path: `${path}.${field}[${at}]`,
        message: `"${handler.name}" is a ${handler.kind}, not a ${kind}.`,
      });
    if (names.has(handler.name))
      issues.push({ path: `${path}.${field}[${at}]`, message: `There are two named "${handler.name}".` });
    names.add(handler.name);
  });
  return issues;
}
