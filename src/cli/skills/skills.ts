import { VERSION } from "../version.ts";

/** Knowledge for coding assistants, one task each. */
export interface Skill {
  readonly id: string;
  /** When it is of use. */
  readonly description: string;
  readonly body: string;
}

const setUp = `1. \`npx khotan init --dry-run\` shows what it would write and edit. Then \`npx khotan init --full --yes\`: config, \`khotan.ts\`, catch-all route,
   instrumentation, Next's config, the Hub's page, secrets in \`.env.local\` and an example plug.
2. Exit code 6 means that steps are left: they are printed exactly. Do them, and run it again; it changes nothing that is there.
3. \`npm run dev\` starts an embedded Postgres in \`.khotan/\` unless \`DATABASE_URL\` names one (14 or newer, no transaction pooler).
4. A middleware or proxy must leave \`/.well-known/workflow/*\` alone.

Never commit \`.env.local\`. Never print its values.`;

const plug = `1. From a description: \`npx khotan add plug --from-openapi <file|url> --list\`, then \`--only listOrders,getOrder\`. From a command:
   \`npx khotan add plug --from-curl '…'\`. Else: \`npx khotan add plug acme --base-url https://api.acme.com/v1\`.
2. The file is \`{outputDir}/plugs/<name>.ts\`. Declare only what is needed; give each endpoint a Zod schema, with \`z.looseObject\`.
3. Credentials are variables: \`vars: [{ key: "token", type: "password", required: true }]\` and \`auth: bearer(fromVar("token"))\`. Never write a
   secret into a file.
4. Add, each with a link to the API's documentation: \`pagination\`, \`rateLimit\`, \`idempotencyHeader\`, \`retry\`.
5. Set the variables: \`npx khotan vars set acme token=- < token.txt\`.`;

const webhook = `1. \`npx khotan add wire acme\` writes \`wires/acme-wire.ts\`. The verification is a scheme: \`githubSignature()\`, \`stripeSignature()\`,
   \`standardWebhooks()\`, \`hmacSignature({ header })\` … Never compare signatures yourself, never parse before verifying.
2. Managed subscriptions: \`onSubscribe\` makes it at the provider and keeps its secret with \`ctx.setWireVars\`; \`onUnsubscribe\` removes it.
   Otherwise \`guide\` says what a person does.
3. \`npx khotan add catch keep-orders --plug acme\` writes the handler. It runs at least once: write through \`ctx.transaction((tx) => …)\`, and send
   \`ctx.idempotencyKey\` with outside calls. \`skip("why")\` ends quietly, \`PermanentError\` is not tried again.
4. To another plug without code: \`npx khotan add pass orders-to-books --plug acme --to books\`.
5. \`npx khotan wires connect acme --var webhookSecret=…\``;

const flow = `1. \`npx khotan add inflow products --plug acme\`; \`outflow\` and \`relay --to <plug>\` likewise.
2. Most flows are a \`sync({ read, key, updatedAt, write })\`: it pages, keeps its place, writes once what comes twice, and sees what is gone.
   Write \`run(ctx)\` by hand only where that does not fit.
3. Count what was done: \`ctx.count("created")\`. \`failed\` makes the run partial.
4. Long or slow: one step per page with \`workflow\`; the function is declared at the top of the module and begins with \`"use workflow"\`.
5. \`schedule: "0 * * * *"\` is UTC cron; variants have their own.`;

const mappings = `A mapping is one record's identity across plugs: which customer of the shop is which account in the books.

1. Declare the kind once, in \`khotan({ resources: [resource({ name: "customers", connectField: "email" })] })\`.
2. In a handler or flow: \`await ctx.mapping(customers).upsert({ … })\`, \`.lookup(…)\`. Never keep such a table yourself.
3. References are per plug; \`upsert\` merges them unless told to replace.`;

const hub = `1. \`npx khotan add hub\` writes one catch-all page of three lines. It brings its own styles, with or without Tailwind.
2. Who may see it is the app's \`authorize(request)\` in \`khotan.ts\`: \`false\`, or \`{ id, role: "viewer" | "operator" | "admin", tenants }\`.
   \`npx khotan add auth\` (at set-up: \`npx khotan init --auth\`) writes it with better-auth, a sign-in and \`KHOTAN_ADMINS\`.
3. Parts alone: \`npx khotan add runs-table\`, \`events-table\`, \`plug-debugger\`, \`var-panel\`, \`wire-panel\`, \`topology-canvas\`, \`config-page\`.
4. To own a part's source: \`npx shadcn add ./node_modules/khotan/public/r/runs-table.json\`.`;

const proof = (text: string, command: string) => `${text}

## Prove it

\`\`\`sh
${command}
\`\`\`
`;

export const SKILLS: readonly Skill[] = [
  {
    id: "set-up",
    description: "Set Khotan up in a Next.js app, or find out why it does not start.",
    body: proof(setUp, "npx khotan doctor"),
  },
  {
    id: "plug",
    description: "Add or change a Khotan plug: the client for an external API, its credentials and typed endpoints.",
    body: proof(
      plug,
      "npx tsc --noEmit && npx khotan plug acme GET / --include   # an endpoint: -e listOrders --compare",
    ),
  },
  {
    id: "webhook",
    description: "Receive webhooks with Khotan: wires that verify them, catches and passes that handle them.",
    body: proof(webhook, "npx khotan trigger generic order.created --plug acme && npx khotan events list --plug acme"),
  },
  {
    id: "flow",
    description: "Move records with Khotan on a schedule: inflows, outflows, relays and syncs.",
    body: proof(flow, "npx khotan runs logs -f $(npx khotan flows trigger products)"),
  },
  {
    id: "mappings",
    description: "Keep which record of one system is which record of another, with Khotan resources and mappings.",
    body: proof(mappings, "npx khotan mappings list --resource customers"),
  },
  {
    id: "hub",
    description: "Show the Khotan Hub, or a part of it, in a Next.js app, and say who may see it.",
    body: proof(hub, "npx khotan open --print && npx khotan whoami"),
  },
];

export const skillPath = (id: string): string => `.agents/skills/khotan-${id}/SKILL.md`;

/** The file of a skill, stamped with the version it is true for. */
export const skillText = ({ id, description, body }: Skill, version: string = VERSION): string => `---
name: khotan-${id}
description: ${description}
metadata:
  khotan: "${version}"
---

${body}`;
