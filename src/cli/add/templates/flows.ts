import { exportName } from "../names.ts";
import { plugImport, type Template } from "./template.ts";

const next = (name: string): string[] => [`npx khotan flows trigger ${name}`, `npx khotan flows runs ${name}`];

export const inflowTemplate: Template = ({ name, plug, ending }) => {
  const exported = exportName(name, "inflow", ["inflow", plug.module?.exported ?? ""]);
  const { line, value } = plugImport(plug, ending);
  return {
    module: `flows/${name}`,
    exported,
    to: { list: "flows", plug: plug.name },
    text: `import { inflow } from "khotan";
${line}
/** Brings records in, every hour. To read lists page by page, and to keep one's place: sync() in docs/flows.md */
export const ${exported} = inflow({
  name: "${name}",
  plug: ${value},
  schedule: "0 * * * *",
  async run(ctx) {
    // What changed since the last run that succeeded; the first time there was none.
    const records = await ctx.plug.get<{ id: string }[]>("/items", { query: { updatedSince: ctx.since?.toISOString() } });
    ctx.count("extracted", records.length);
    for (const { id } of records) ctx.log(\`\${id} came\`); // keep them: await ctx.upsert(table, records, { key: "id" })
  },
});
`,
    next: next(name),
  };
};

export const outflowTemplate: Template = ({ name, plug, ending }) => {
  const exported = exportName(name, "outflow", ["outflow", plug.module?.exported ?? ""]);
  const { line, value } = plugImport(plug, ending);
  return {
    module: `flows/${name}`,
    exported,
    to: { list: "flows", plug: plug.name },
    text: `import { outflow } from "khotan";
${line}
/** Takes records out when it is started. To do so by itself: schedule: "0 * * * *" */
export const ${exported} = outflow({
  name: "${name}",
  plug: ${value},
  async run(ctx) {
    const records = [{ id: "1", name: "Example" }]; // read your own: await ctx.transaction((tx) => tx.select()…)
    for (const record of records) {
      await ctx.plug.post("/items", { body: record, idempotencyKey: \`\${ctx.idempotencyKey}-\${record.id}\` });
      ctx.count("created");
    }
  },
});
`,
    next: next(name),
  };
};

export const relayTemplate: Template = ({ name, plug, to, ending }) => {
  const taken = ["relay", plug.module?.exported ?? "", to.module?.exported ?? ""];
  const exported = exportName(name, "relay", taken);
  const [from, dest] = [plugImport(plug, ending), plugImport(to, ending, "destination")];
  const lines = [from.line, dest.line].filter((line, at, all) => all.indexOf(line) === at).sort();
  return {
    module: `flows/${name}`,
    exported,
    to: { list: "flows", plug: plug.name },
    text: `import { relay } from "khotan";
${lines.join("")}
/** Takes records from ${plug.name} to ${to.name} when it is started. To do so by itself: schedule: "0 * * * *" */
export const ${exported} = relay({
  name: "${name}",
  plug: ${from.value},
  destination: ${dest.value},
  async run(ctx) {
    const records = await ctx.plug.get<{ id: string }[]>("/items");
    ctx.count("extracted", records.length);
    for (const record of records) {
      await ctx.destPlug.post("/items", { body: record, idempotencyKey: \`\${ctx.idempotencyKey}-\${record.id}\` });
      ctx.count("created");
    }
  },
});
`,
    next: next(name),
  };
};
