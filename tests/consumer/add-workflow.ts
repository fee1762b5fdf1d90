import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const WORKFLOW = `import { stepContext, type WorkflowContext } from "khotan/workflow";

/** In two durable steps. */
export async function packOrder(ctx: WorkflowContext) {
  "use workflow";
  const weight = await weigh(ctx);
  await label(ctx, weight);
}

async function weigh(ctx: WorkflowContext) {
  "use step";
  const { log } = await stepContext(ctx);
  log("weighed");
  return 12;
}

async function label(ctx: WorkflowContext, weight: number) {
  "use step";
  const { log } = await stepContext(ctx);
  log(\`labelled \${weight}\`);
}
`;

const CATCH = `import { catchEvent } from "khotan";
import { packOrder } from "../workflows/pack-order";

export const packOrders = catchEvent({ name: "pack-orders", events: ["order.*"], workflow: packOrder });
`;

/** A handler with steps beside the example's, written as the docs say. */
export async function addWorkflow(outputDir: string): Promise<void> {
  await mkdir(join(outputDir, "workflows"), { recursive: true });
  await writeFile(join(outputDir, "workflows", "pack-order.ts"), WORKFLOW);
  await writeFile(join(outputDir, "catches", "pack-orders.ts"), CATCH);
  const hub = join(outputDir, "khotan.ts");
  const text = await readFile(hub, "utf8");
  const registered = text
    .replace("catches: [noteOrders]", "catches: [noteOrders, packOrders]")
    .replace(/(import \{ noteOrders \}.*\n)/, '$1import { packOrders } from "./catches/pack-orders";\n');
  if (!registered.includes("[noteOrders, packOrders]")) throw new Error(`The example is not registered in:\n${text}`);
  await writeFile(hub, registered);
}
