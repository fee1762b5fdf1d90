import { startedJobSchema } from "../records/job.ts";
import { secretsSchema } from "../records/secrets.ts";
import { defineRoute } from "../route.ts";

export const getSecrets = defineRoute({
  method: "get",
  path: "/secrets",
  access: "admin",
  tag: "System",
  summary: "See which keys seal what is stored",
  responses: { 200: { description: "Keys by their public ids, and how much each seals.", schema: secretsSchema } },
});

export const resealSecrets = defineRoute({
  method: "post",
  path: "/secrets/reseal",
  access: "admin",
  tag: "System",
  summary: "Re-encrypt everything with the current KHOTAN_SECRET",
  description:
    "A background job; one that goes on already is answered. What cannot be opened is left as it is and counted with its reason.",
  responses: {
    200: { description: "Everything is sealed with the current key.", schema: startedJobSchema },
    202: { description: "The job was started.", schema: startedJobSchema },
  },
});
