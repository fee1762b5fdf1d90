import { asc, isNull } from "drizzle-orm";
import type { Adapter } from "../database/adapter.ts";
import { flows, handlers, plugs } from "../database/schema/index.ts";
import { KhotanError } from "../errors.ts";
import type { Flow } from "../flows/flow.ts";
import type { Handler } from "../handlers/handler.ts";
import { type Definitions, handlerKey, type RegisteredPlug } from "./definitions.ts";

export interface PlugState {
  readonly id: string;
  readonly enabled: boolean;
}

/** A handler as it is registered, with what a person switched. */
export interface LiveHandler {
  readonly id: string;
  readonly plug: string;
  readonly enabled: boolean;
  readonly paused: boolean;
  readonly definition: Handler;
}

/** A flow as it is registered, with what a person switched. */
export interface LiveFlow {
  readonly id: string;
  readonly plug: string;
  readonly enabled: boolean;
  readonly definition: Flow;
}

/** What is registered, joined with what is stored; kept in the process and refreshed when somebody switches something. */
export interface Registry {
  readonly definitions: Definitions;
  /** Read the stored switches again. */
  refresh(): Promise<void>;
  /** @throws KhotanError `plug_not_found` */
  plug(name: string): RegisteredPlug & PlugState;
  findPlug(name: string): (RegisteredPlug & PlugState) | null;
  handlersOf(plug: string): readonly LiveHandler[];
  handler(id: string): LiveHandler | null;
  /** Flows by plug and name. */
  flows(): readonly LiveFlow[];
  flow(id: string): LiveFlow | null;
  /** Does any handler limit how many of its deliveries run at once, or begin in a time? */
  readonly hasLimits: boolean;
  /** Ids of those that do. */
  limitedHandlers(): readonly string[];
  /** The handlers that are workflows. */
  workflows(): readonly LiveHandler[];
  handlers(): readonly LiveHandler[];
  /** The plugs that passes go to. */
  readonly destinations: readonly string[];
}

export function createRegistry(adapter: Adapter, definitions: Definitions): Registry {
  let knownPlugs = new Map<string, RegisteredPlug & PlugState>();
  let byPlug = new Map<string, LiveHandler[]>();
  let byId = new Map<string, LiveHandler>();
  let flowsById = new Map<string, LiveFlow>();

  async function refresh(): Promise<void> {
    const [plugRows, handlerRows, flowRows] = await Promise.all([
      adapter.db.select().from(plugs).where(isNull(plugs.retiredAt)),
      adapter.db.select().from(handlers).where(isNull(handlers.retiredAt)),
      adapter.db.select().from(flows).where(isNull(flows.retiredAt)).orderBy(asc(flows.plug), asc(flows.name)),
    ]);
    const defined = new Map(
      [...definitions.values()].flatMap(({ plug, handlers: list }) =>
        list.map((handler) => [handlerKey(plug.name, handler.kind, handler.name), handler] as const),
      ),
    );
    const live = handlerRows.flatMap((row): LiveHandler[] => {
      const definition = defined.get(handlerKey(row.plug, row.kind, row.name));
      return definition ? [{ id: row.id, plug: row.plug, enabled: row.enabled, paused: row.paused, definition }] : [];
    });
    flowsById = new Map(
      flowRows.flatMap((row) => {
        const definition = definitions.get(row.plug)?.flows.find((flow) => flow.name === row.name);
        return definition ? [[row.id, { id: row.id, plug: row.plug, enabled: row.enabled, definition }] as const] : [];
      }),
    );
    knownPlugs = new Map(
      plugRows.flatMap((row) => {
        const definition = definitions.get(row.name);
        return definition ? [[row.name, { ...definition, id: row.id, enabled: row.enabled }] as const] : [];
      }),
    );
    byPlug = new Map();
    for (const handler of live) byPlug.set(handler.plug, [...(byPlug.get(handler.plug) ?? []), handler]);
    byId = new Map(live.map((handler) => [handler.id, handler]));
  }

  const findPlug = (name: string): (RegisteredPlug & PlugState) | null => knownPlugs.get(name) ?? null;

  return {
    definitions,
    refresh,
    findPlug,
    plug(name) {
      const found = findPlug(name);
      if (found) return found;
      throw new KhotanError("plug_not_found", `There is no plug "${name}".`, {
        hint: `Registered are: ${[...definitions.keys()].join(", ") || "none"}.`,
      });
    },
    handlersOf: (plug) => byPlug.get(plug) ?? [],
    handler: (id) => byId.get(id) ?? null,
    flows: () => [...flowsById.values()],
    flow: (id) => flowsById.get(id) ?? null,
    hasLimits: [...definitions.values()].some(({ handlers: list }) => list.some((handler) => handler.limits !== null)),
    handlers: () => [...byId.values()],
    limitedHandlers: () => [...byId.values()].filter((it) => it.definition.limits !== null).map((it) => it.id),
    workflows: () => [...byId.values()].filter((it) => it.definition.execution.type === "workflow"),
    destinations: [
      ...new Set([...definitions.values()].flatMap(({ handlers: list }) => list.flatMap(({ to }) => to ?? []))),
    ],
  };
}
