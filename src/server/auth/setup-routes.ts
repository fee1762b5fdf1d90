import { z } from "zod";
import { adminExists, createFirstAdmin } from "./first-admin.ts";
import { isForeign } from "./request-origin.ts";
import { refuse, signInAs } from "./sign-in-as.ts";

/** `GET /api/auth/setup-state` → `{ "needsAdmin": boolean }`. */
export const setupState = async (): Promise<Response> =>
  Response.json({ needsAdmin: !(await adminExists()) }, { headers: { "cache-control": "no-store" } });

const bodySchema = z.object({
  token: z.string().min(1).max(200),
  name: z.string().trim().min(1).max(100),
  email: z.email().max(200),
  password: z.string().min(8).max(256),
});

/** `POST /api/auth/setup-admin` `{ token, name, email, password }`: makes the first admin and signs them in. */
export const setupAdmin = async (request: Request): Promise<Response> => {
  // A foreign page must not sign a visitor in as somebody else.
  if (isForeign(request)) return refuse("forbidden", "This must come from a page of this Hub.");
  const body = bodySchema.safeParse(await request.json().catch(() => undefined));
  if (!body.success) {
    const issues = body.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
    return refuse("validation_failed", "Some fields are missing or wrong.", { issues });
  }
  const outcome = await createFirstAdmin(body.data);
  if (outcome === "already_set_up")
    return refuse("conflict", "There is an admin already.", { hint: "Sign in, or ask them to let you in." });
  if (outcome === "token_invalid")
    return refuse("forbidden", "This link is not valid, or no longer.", {
      hint: "Restart Khotan: while there is no admin, each start prints a new link.",
    });
  const { email, password } = body.data;
  return await signInAs(request, { email, password });
};
