import { exportName } from "../names.ts";
import type { Template } from "./template.ts";

export const passTemplate: Template = ({ name, plug, to }) => {
  const exported = exportName(name, "pass", ["pass"]);
  return {
    module: `passes/${name}`,
    exported,
    to: { list: "passes", plug: plug.name },
    text: `import { pass } from "khotan";

/** What came from ${plug.name} goes to ${to.name}, with that plug's credentials and limits. */
export const ${exported} = pass({
  name: "${name}",
  to: "${to.name}",
  events: ["*"],
  map: (ctx) => ({ path: "/events", body: { type: ctx.eventType, id: ctx.eventId } }),
});
`,
    next: [`npx khotan runs list --handler ${name}`],
  };
};
