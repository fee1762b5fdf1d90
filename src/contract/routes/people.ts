import { z } from "zod";
import { listQuery, pageOf } from "../page.ts";
import {
  apiKeySchema,
  createApiKeySchema,
  createdApiKeySchema,
  createdUserSchema,
  createUserSchema,
  oneTimeLinkSchema,
  updateUserSchema,
  userSchema,
} from "../records/people.ts";
import { defineRoute } from "../route.ts";

/*
 * People and keys are the app's: these routes answer 501 where the host brings its own sign-in and gives the factory no
 * `people`. All of them are for admins who see every tenant.
 */
const idParams = z.object({ id: z.string() });
const gone = z.object({ id: z.string() });

export const listUsers = defineRoute({
  method: "get",
  path: "/users",
  access: "admin",
  tag: "People",
  summary: "List who may sign in, by e-mail address",
  query: listQuery,
  responses: { 200: { description: "A page of people.", schema: pageOf(userSchema) } },
});

export const createUser = defineRoute({
  method: "post",
  path: "/users",
  access: "admin",
  tag: "People",
  summary: "Invite a person",
  description: "Answers a one-time link, or an initial password when `signIn` is `password`; neither is shown again.",
  keepsAnswer: false,
  body: createUserSchema,
  responses: { 201: { description: "The person, and their way in.", schema: createdUserSchema } },
});

export const updateUser = defineRoute({
  method: "patch",
  path: "/users/{id}",
  access: "admin",
  tag: "People",
  summary: "Change somebody's name, role or tenants, or switch them off",
  description: "The last admin who can sign in and sees every tenant keeps that: 409.",
  params: idParams,
  body: updateUserSchema,
  responses: { 200: { description: "The person as they are now.", schema: userSchema } },
});

export const deleteUser = defineRoute({
  method: "delete",
  path: "/users/{id}",
  access: "admin",
  tag: "People",
  summary: "Remove a person, with their sessions and keys",
  description: "What they did stays in the audit log. The last admin cannot be removed: 409.",
  params: idParams,
  responses: { 200: { description: "They are gone.", schema: gone } },
});

export const createUserLink = defineRoute({
  method: "post",
  path: "/users/{id}/link",
  access: "admin",
  tag: "People",
  summary: "Make a new one-time link to choose a password",
  description: "Works once, for 72 hours, and replaces the one before. Choosing a password ends all their sessions.",
  keepsAnswer: false,
  params: idParams,
  responses: { 201: { description: "The link.", schema: oneTimeLinkSchema } },
});

export const endUserSessions = defineRoute({
  method: "delete",
  path: "/users/{id}/sessions",
  access: "admin",
  tag: "People",
  summary: "Sign a person out everywhere",
  params: idParams,
  responses: { 200: { description: "How many sessions ended.", schema: z.object({ ended: z.number().int() }) } },
});

export const listApiKeys = defineRoute({
  method: "get",
  path: "/api-keys",
  access: "admin",
  tag: "People",
  summary: "List API keys, newest first",
  query: listQuery,
  responses: { 200: { description: "A page of keys, without the keys themselves.", schema: pageOf(apiKeySchema) } },
});

export const createApiKey = defineRoute({
  method: "post",
  path: "/api-keys",
  access: "admin",
  tag: "People",
  summary: "Make an API key",
  description:
    "It belongs to whoever makes it and never may more than they may; made by `KHOTAN_API_KEY`, it is the hub's own.",
  keepsAnswer: false,
  body: createApiKeySchema,
  responses: { 201: { description: "The key. Only its hash is kept.", schema: createdApiKeySchema } },
});

export const deleteApiKey = defineRoute({
  method: "delete",
  path: "/api-keys/{id}",
  access: "admin",
  tag: "People",
  summary: "Revoke an API key, at once and everywhere",
  params: idParams,
  responses: { 200: { description: "It opens nothing any more.", schema: gone } },
});
