/** What `khotan add` writes: a file below the folder of the integrations, and how to register it. */
export interface IntegrationFile {
  /** Below the output folder, e.g. `plugs/acme.ts`. */
  readonly path: string;
  readonly text: string;
  /** The next step. */
  readonly next: string;
}

const camel = (name: string): string => name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const registered = (plug: string, list: string, name: string): string =>
  `In khotan.ts, with the import: { plug: ${camel(plug)}, ${list}: [${name}] }`;

const flow = (kind: "inflow" | "outflow", name: string, plug: string): IntegrationFile => ({
  path: `flows/${name}.ts`,
  text: `import { ${kind} } from "khotan";

/** ${kind === "inflow" ? "Brings records in" : "Takes records out"}, every hour. Start it by hand: khotan flows trigger ${name} */
export const ${camel(name)} = ${kind}({
  name: "${name}",
  schedule: "0 * * * *",
  async run(ctx) {
    ctx.log("nothing to move yet");
    ctx.count("extracted", 0);
  },
});
`,
  next: registered(plug, "flows", camel(name)),
});

type Make = (name: string, plug: string) => IntegrationFile;

/** Every kind that can be added, by the name it has on the command line. */
export const INTEGRATIONS: Readonly<Record<string, Make>> = {
  plug: (name) => ({
    path: `plugs/${name}.ts`,
    text: `import { bearer, fromVar, plug } from "khotan";

export const ${camel(name)} = plug({
  name: "${name}",
  baseUrl: "https://api.${name}.example/v1",
  auth: bearer(fromVar("token")),
  vars: [{ key: "token", label: "API token", type: "password", required: true }],
});
`,
    next: `In khotan.ts, with the import: { plug: ${camel(name)} }. Then: khotan vars set ${name} token, and khotan plug ${name} GET /`,
  }),
  wire: (name, plug) => ({
    path: `wires/${name}.ts`,
    text: `import { hmacSignature, wire } from "khotan";

/** Providers with a scheme of their own: githubSignature, stripeSignature, slackSignature, shopifySignature, standardWebhooks … */
export const ${camel(name)} = wire({
  events: ["*"],
  verify: hmacSignature({ header: "x-${plug}-signature" }),
});
`,
    next: `${registered(plug, "wires", camel(name))}. Then: khotan wires connect ${plug} --var webhookSecret=…`,
  }),
  catch: (name, plug) => ({
    path: `catches/${name}.ts`,
    text: `import { catchEvent } from "khotan";

/** Handled at least once: write by ctx.transaction, so that it counts once. */
export const ${camel(name)} = catchEvent({
  name: "${name}",
  events: ["*"],
  async run(ctx) {
    ctx.log(\`\${ctx.eventType} came\`);
  },
});
`,
    next: registered(plug, "catches", camel(name)),
  }),
  pass: (name, plug) => ({
    path: `passes/${name}.ts`,
    text: `import { pass } from "khotan";

/** Goes to a plug's path, with that plug's credentials and limits. */
export const ${camel(name)} = pass({
  name: "${name}",
  to: "${plug}",
  events: ["*"],
  map: (ctx) => ({ path: "/events", body: { type: ctx.eventType, id: ctx.eventId } }),
});
`,
    next: registered(plug, "passes", camel(name)),
  }),
  inflow: (name, plug) => flow("inflow", name, plug),
  outflow: (name, plug) => flow("outflow", name, plug),
  relay: (name, plug) => ({
    path: `flows/${name}.ts`,
    text: `import { relay } from "khotan";

/** Takes records from its plug to another one. */
export const ${camel(name)} = relay({
  name: "${name}",
  destination: "${plug}",
  async run(ctx) {
    ctx.log("nothing to move yet");
  },
});
`,
    next: registered(plug, "flows", camel(name)),
  }),
  cache: (name) => ({
    path: `caches/${name}.ts`,
    text: `import { cache } from "khotan";
import { z } from "zod";

export const ${camel(name)} = cache({ name: "${name}", ttlMs: 3_600_000, schema: z.string() });
`,
    next: `In khotan.ts, with the import: caches: [${camel(name)}]`,
  }),
};
