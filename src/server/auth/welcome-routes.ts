import { eq } from "drizzle-orm";
import { z } from "zod";
import { writeAudit } from "../../engine/audit/write-audit.ts";
import { announce } from "../../engine/changes/announce.ts";
import { database } from "../database.ts";
import { authSession } from "./auth-tables.ts";
import { setPassword } from "./create-user.ts";
import { findLink, type Invited, takeLink } from "./people/one-time-link.ts";
import { isForeign } from "./request-origin.ts";
import { refuse, signInAs } from "./sign-in-as.ts";

const token = z.string().min(1).max(200);
const stateSchema = z.object({ token });
const bodySchema = z.object({ token, password: z.string().min(8).max(256) });

/** `POST /api/auth/welcome-state` `{ token }`: whose one-time link it is, `{ "name", "email" }`, or 403. */
export const welcomeState = async (request: Request): Promise<Response> => {
  const body = stateSchema.safeParse(await request.json().catch(() => undefined));
  const invited = body.success ? await findLink(database().db, body.data.token) : undefined;
  if (!invited) return linkEnded();
  return Response.json({ name: invited.name, email: invited.email }, { headers: { "cache-control": "no-store" } });
};

/** `POST /api/auth/welcome` `{ token, password }`: sets the password, ends older sessions, and signs in. */
export const welcome = async (request: Request): Promise<Response> => {
  if (isForeign(request)) return refuse("forbidden", "This must come from a page of this Hub.");
  const body = bodySchema.safeParse(await request.json().catch(() => undefined));
  if (!body.success) {
    const issues = body.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
    return refuse("validation_failed", "Some fields are missing or wrong.", { issues });
  }
  const invited = await choosePassword(body.data);
  return invited ? await signInAs(request, { email: invited.email, password: body.data.password }) : linkEnded();
};

const choosePassword = (given: z.infer<typeof bodySchema>): Promise<Invited | undefined> =>
  database().db.transaction(async (tx) => {
    const invited = await findLink(tx, given.token);
    if (!invited || !(await takeLink(tx, given.token))) return undefined;
    await setPassword(tx, invited.id, given.password);
    await tx.delete(authSession).where(eq(authSession.userId, invited.id));
    const actor = { id: `user:${invited.id}`, name: invited.email, role: "viewer", tenants: "*" } as const;
    await writeAudit(tx, { actor, action: "user.password", target: invited.id });
    await announce(tx, "people", null);
    return invited;
  });

const linkEnded = (): Response =>
  refuse("forbidden", "This link is not valid, or no longer.", { hint: "Ask an admin of this hub for a new one." });
