import { retentionPatchSchema, retentionSchema, storageSchema } from "../records/retention.ts";
import { defineRoute } from "../route.ts";

export const getStorage = defineRoute({
  method: "get",
  path: "/storage",
  access: "viewer",
  tag: "System",
  summary: "See what takes how much room, and how old it is",
  responses: { 200: { description: "Every table of the hub.", schema: storageSchema } },
});

export const getRetention = defineRoute({
  method: "get",
  path: "/retention",
  access: "admin",
  tag: "System",
  summary: "Read how long things are kept",
  responses: { 200: { description: "One rule for each kind.", schema: retentionSchema } },
});

export const updateRetention = defineRoute({
  method: "patch",
  path: "/retention",
  access: "admin",
  tag: "System",
  summary: "Say how long things are kept",
  description:
    "Holds over what the app's code says, until it is set back to `default`. What is unfinished is never removed.",
  body: retentionPatchSchema,
  responses: { 200: { description: "The rules as they are now.", schema: retentionSchema } },
});
