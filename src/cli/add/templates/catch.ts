import { exportName } from "../names.ts";
import type { Template } from "./template.ts";

export const catchTemplate: Template = ({ name, plug }) => {
  const exported = exportName(name, "catch", ["catchEvent"]);
  return {
    module: `catches/${name}`,
    exported,
    to: { list: "catches", plug: plug.name },
    text: `import { catchEvent } from "khotan";

/** Handled at least once: what is written by ctx.transaction((tx) => …) counts once. */
export const ${exported} = catchEvent({
  name: "${name}",
  events: ["*"],
  async run(ctx) {
    ctx.log(\`\${ctx.eventType} came\`, { id: ctx.eventId });
  },
});
`,
    next: [`npx khotan events list --plug ${plug.name}`, `npx khotan runs list --handler ${name}`],
  };
};
