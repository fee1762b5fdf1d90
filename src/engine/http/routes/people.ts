import type { Principal } from "../../../contract/index.ts";
import { changePeople, requirePeople } from "../../people/change-people.ts";
import type { PeopleLink, PeoplePage } from "../../people/people.ts";
import { requireAllTenants } from "../require-all-tenants.ts";
import type { Handlers } from "../route-handler.ts";

export const peopleRoutes: Pick<
  Handlers,
  | "listUsers"
  | "createUser"
  | "updateUser"
  | "deleteUser"
  | "createUserLink"
  | "endUserSessions"
  | "listApiKeys"
  | "createApiKey"
  | "deleteApiKey"
> = {
  listUsers: async ({ engine, principal, query }) => {
    requireAllTenants(principal);
    const people = requirePeople(engine);
    const asked = { after: query.cursor ?? null, limit: query.limit };
    return toList(await engine.adapter.db.transaction((tx) => people.listUsers(tx, asked, principal)), query.limit);
  },

  createUser: async ({ engine, principal, body, requestId, origin }) => {
    const made = await changePeople(engine, {
      ...by(principal, requestId),
      change: (people, tx) => people.createUser(tx, body, principal),
      entry: ({ user }) => ({
        action: "user.create",
        target: user.id,
        data: { email: user.email, role: user.role, tenants: user.tenants, signIn: body.signIn },
      }),
    });
    const link = made.link && toLink(made.link, origin);
    return Response.json({ user: made.user, link, password: made.password }, CREATED);
  },

  updateUser: ({ engine, principal, params, body, requestId }) =>
    changePeople(engine, {
      ...by(principal, requestId),
      change: (people, tx) => people.updateUser(tx, params.id, body, principal),
      entry: (user) => ({ action: "user.update", target: user.id, data: { email: user.email, ...body } }),
    }),

  deleteUser: async ({ engine, principal, params, requestId }) => {
    const { id } = await changePeople(engine, {
      ...by(principal, requestId),
      change: (people, tx) => people.deleteUser(tx, params.id, principal),
      entry: (user) => ({ action: "user.delete", target: user.id, data: { email: user.email } }),
    });
    return { id };
  },

  createUserLink: async ({ engine, principal, params, requestId, origin }) => {
    const { link } = await changePeople(engine, {
      ...by(principal, requestId),
      change: (people, tx) => people.createLink(tx, params.id, principal),
      entry: ({ email }) => ({ action: "user.link", target: params.id, data: { email } }),
    });
    return Response.json(toLink(link, origin), CREATED);
  },

  endUserSessions: async ({ engine, principal, params, requestId }) => {
    const { ended } = await changePeople(engine, {
      ...by(principal, requestId),
      change: (people, tx) => people.endSessions(tx, params.id, principal),
      entry: ({ email, ended }) => ({ action: "user.sign_out", target: params.id, data: { email, ended } }),
    });
    return { ended };
  },

  listApiKeys: async ({ engine, principal, query }) => {
    requireAllTenants(principal);
    const people = requirePeople(engine);
    const asked = { after: query.cursor ?? null, limit: query.limit };
    return toList(await engine.adapter.db.transaction((tx) => people.listKeys(tx, asked, principal)), query.limit);
  },

  createApiKey: async ({ engine, principal, body, requestId }) => {
    const made = await changePeople(engine, {
      ...by(principal, requestId),
      change: (people, tx) => people.createKey(tx, body, principal),
      entry: ({ key }) => ({
        action: "api_key.create",
        target: key.id,
        data: { name: key.name, role: body.role, tenants: body.tenants, expiresAt: key.expiresAt },
      }),
    });
    return Response.json(made, CREATED);
  },

  deleteApiKey: async ({ engine, principal, params, requestId }) => {
    const { id } = await changePeople(engine, {
      ...by(principal, requestId),
      change: (people, tx) => people.deleteKey(tx, params.id, principal),
      entry: ({ id, name }) => ({ action: "api_key.revoke", target: id, data: { name } }),
    });
    return { id };
  },
};

const CREATED = { status: 201, headers: { "cache-control": "no-store" } };

/** Who changes people sees every tenant: else a limited admin could make one who is not. */
function by(actor: Principal, requestId: string) {
  requireAllTenants(actor);
  return { actor, requestId };
}

const toLink = ({ path, expiresAt }: PeopleLink, origin: string) => ({
  url: new URL(path, origin).href,
  expiresAt: expiresAt.toISOString(),
});

const toList = <T>({ items, next }: PeoplePage<T>, limit: number) => ({ items: [...items], page: { next, limit } });
