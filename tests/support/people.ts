import type { Browser } from "playwright-core";
import type { Role } from "../../src/contract/roles.ts";
import { type HubPage, signIn } from "./hub-page.ts";

interface App {
  readonly url: string;
  /** `KHOTAN_API_KEY`. */
  readonly key: string;
}

/** Somebody with a password of their own, made through the API. */
export async function makePerson(
  { url, key }: App,
  role: Role,
  tenants: "*" | readonly string[] = "*",
): Promise<{ readonly id: string; readonly name: string; readonly email: string; readonly password: string }> {
  const name = `${role} ${crypto.randomUUID().slice(0, 8)}`;
  const email = `${name.replace(" ", "-")}@example.com`;
  const answer = await fetch(`${url}/api/khotan/users`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ name, email, role, tenants, signIn: "password" }),
  });
  if (answer.status !== 201) throw new Error(`${email} could not be made: ${answer.status} ${await answer.text()}`);
  const { user, password } = await answer.json();
  return { id: user.id, name, email, password };
}

/** A browser of somebody new in this role. */
export const signInAs = async (
  browser: Browser,
  app: App,
  role: Role,
  options: { width?: number; dark?: boolean } = {},
): Promise<HubPage> => signIn(browser, { url: app.url, admin: await makePerson(app, role) }, options);
