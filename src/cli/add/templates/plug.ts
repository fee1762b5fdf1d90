import { exportName, spoken } from "../names.ts";
import type { Template } from "./template.ts";

export const plugTemplate: Template = ({ name, baseUrl }) => {
  const exported = exportName(name, "plug", ["plug", "bearer", "fromVar"]);
  return {
    module: `plugs/${name}`,
    exported,
    to: { list: "plugs" },
    text: `import { bearer, fromVar, plug } from "khotan";

/** Where the API is, and how calls prove who they are. Everything else that a plug can do: docs/plugs.md */
export const ${exported} = plug({
  name: "${name}",
  label: "${spoken(name)}",
  baseUrl: ${JSON.stringify(baseUrl ?? `https://api.${name}.example/v1`)},
  auth: bearer(fromVar("token")),
  vars: [{ key: "token", label: "API token", type: "password", required: true }],
});
`,
    next: [`npx khotan vars set ${name} token`, `npx khotan plug ${name} GET /`],
  };
};
