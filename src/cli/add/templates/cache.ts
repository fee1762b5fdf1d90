import { exportName } from "../names.ts";
import type { Template } from "./template.ts";

export const cacheTemplate: Template = ({ name }) => {
  const exported = exportName(name, "cache", ["cache", "z"]);
  return {
    module: `caches/${name}`,
    exported,
    to: { list: "caches" },
    text: `import { cache } from "khotan";
import { z } from "zod";

/** Kept for an hour. In a flow: await ctx.cache(${exported}).set("key", "value") */
export const ${exported} = cache({ name: "${name}", ttlMs: 3_600_000, schema: z.string() });
`,
    next: [`Use it in a flow: ctx.cache(${exported})`],
  };
};
