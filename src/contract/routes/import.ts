import { importedPlugSchema, importPlugSchema } from "../records/import.ts";
import { defineRoute } from "../route.ts";

export const importPlug = defineRoute({
  method: "post",
  path: "/plugs/import",
  access: "operator",
  tag: "Plugs",
  summary: "Turn an OpenAPI document or a curl command into the source of a plug",
  description:
    "Nothing is fetched, run or stored: the answer is a file to put into the app. Values of credentials in a command are not in it; they become variables.",
  keepsAnswer: false,
  maxBodyBytes: 16 * 1024 * 1024,
  body: importPlugSchema,
  responses: { 200: { description: "The file.", schema: importedPlugSchema } },
});
