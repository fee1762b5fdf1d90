import { Agent, buildConnector } from "undici";
import { createNetworkGuard, type NetworkGuard, parseAllowedNetworks } from "../../security/network-guard.ts";
import { timedConnector } from "../exchanges/socket-timing.ts";

interface AgentPool {
  trusted: Agent | undefined;
  readonly guarded: WeakMap<NetworkGuard, Agent>;
  ownGuard: NetworkGuard | undefined;
}

const KEY = Symbol.for("khotan.plugs.agents");

/**
 * The connections of the process, kept alive per origin. They live on `globalThis` because Next evaluates modules twice
 * and again on every hot reload. Guarded and trusted connections never share a socket.
 */
export function trustedAgent(): Agent {
  const pool = agentPool();
  pool.trusted ??= new Agent({ connect: timedConnector(buildConnector({ timeout: CONNECT_LIMIT_MS })) });
  return pool.trusted;
}

/**
 * Connections to hosts that a variable or a redirect chose.
 *
 * @param given default: one that allows what KHOTAN_ALLOW_PRIVATE_NETWORK says
 */
export function guardedAgent(given: NetworkGuard | undefined): Agent {
  const pool = agentPool();
  pool.ownGuard ??= createNetworkGuard({ allow: parseAllowedNetworks(process.env.KHOTAN_ALLOW_PRIVATE_NETWORK) });
  const guard = given ?? pool.ownGuard;
  let agent = pool.guarded.get(guard);
  if (!agent) {
    agent = new Agent({ connect: timedConnector(guard.connector({ timeout: CONNECT_LIMIT_MS })) });
    pool.guarded.set(guard, agent);
  }
  return agent;
}

/** The call's own connect timeout is shorter; this one only ends sockets that nobody waits for. */
const CONNECT_LIMIT_MS = 60_000;

function agentPool(): AgentPool {
  const holder = globalThis as typeof globalThis & { [KEY]?: AgentPool };
  holder[KEY] ??= { trusted: undefined, guarded: new WeakMap(), ownGuard: undefined };
  return holder[KEY];
}
