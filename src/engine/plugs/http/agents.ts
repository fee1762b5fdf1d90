import { Agent, buildConnector } from "undici";

/** Opens a connection; the guard against private networks is one. */
export type Connector = buildConnector.connector;

interface AgentPool {
  trusted: Agent | undefined;
  readonly guarded: WeakMap<Connector, Agent>;
}

const KEY = Symbol.for("khotan.plugs.agents");

/**
 * The connections of the process, kept alive per origin. They live on `globalThis` because Next evaluates modules twice
 * and again on every hot reload. Guarded and trusted connections never share a socket.
 */
export function agentFor(guard: Connector | undefined): Agent {
  const pool = agentPool();
  if (guard === undefined) {
    pool.trusted ??= new Agent({ connect: buildConnector({ timeout: CONNECT_LIMIT_MS }) });
    return pool.trusted;
  }
  let agent = pool.guarded.get(guard);
  if (!agent) {
    agent = new Agent({ connect: guard });
    pool.guarded.set(guard, agent);
  }
  return agent;
}

/** The call's own connect timeout is shorter; this one only ends sockets that nobody waits for. */
const CONNECT_LIMIT_MS = 60_000;

function agentPool(): AgentPool {
  const holder = globalThis as typeof globalThis & { [KEY]?: AgentPool };
  holder[KEY] ??= { trusted: undefined, guarded: new WeakMap() };
  return holder[KEY];
}
