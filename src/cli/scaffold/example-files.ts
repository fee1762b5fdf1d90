import type { PlannedFile } from "../add/add-plan.ts";

/** A first webhook to play with: `khotan trigger generic order.created --plug hello`. */
export const exampleFiles = (outputDir: string): PlannedFile[] => [
  {
    path: `${outputDir}/plugs/hello.ts`,
    text: `import { plug } from "khotan";

/** An example: delete it when you have plugs of your own. */
export const hello = plug({ name: "hello", label: "Hello", baseUrl: "https://api.hello.example" });
`,
  },
  {
    path: `${outputDir}/wires/hello-wire.ts`,
    text: `import { standardWebhooks, wire } from "khotan";

/** Which webhooks come from hello, and how they prove it. */
export const helloWire = wire({ events: ["order.*"], verify: standardWebhooks() });
`,
  },
  {
    path: `${outputDir}/catches/note-orders.ts`,
    text: `import { catchEvent } from "khotan";

/** Handled at least once: what is written by ctx.transaction counts once. */
export const noteOrders = catchEvent({
  name: "note-orders",
  events: ["order.*"],
  async run(ctx) {
    ctx.log(\`\${ctx.eventType} came\`);
  },
});
`,
  },
];
