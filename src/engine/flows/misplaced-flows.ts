import type { PlugRegistration } from "../config.ts";

/** What is wrong with the flows of a registration as a whole; each was checked by its builder. */
export function misplacedFlows(
  registrations: readonly PlugRegistration[],
  plugs: { has(name: string): boolean; keys(): Iterable<string> },
): { path: string; message: string }[] {
  const known = () => [...plugs.keys()].join(", ");
  return registrations.flatMap(({ plug, flows = [] }, index) =>
    flows.flatMap((flow, at) => {
      const path = `plugs[${index}].flows[${at}]`;
      const issues: { path: string; message: string }[] = [];
      if (flows.findIndex((other) => other.name === flow.name) !== at) {
        issues.push({ path, message: `There are two flows named "${flow.name}".` });
      }
      if (flow.plug !== null && flow.plug !== plug.name) {
        issues.push({ path, message: `"${flow.name}" is a flow of "${flow.plug}", not of "${plug.name}".` });
      }
      if (flow.destination !== null && !plugs.has(flow.destination)) {
        const message = `No plug "${flow.destination}" is registered; there are: ${known()}.`;
        issues.push({ path: `${path}.destination`, message });
      }
      return issues;
    }),
  );
}
