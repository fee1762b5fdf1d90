import { beginConsent } from "../../oauth/begin-consent.ts";
import { cookieName, setCookie } from "../../oauth/consent-cookie.ts";
import { CONSENT_MS, hashOf } from "../../oauth/consent-store.ts";
import { disconnect } from "../../oauth/disconnect.ts";
import { type ConsentOutcome, finishConsent } from "../../oauth/finish-consent.ts";
import { listConnections } from "../../oauth/list-connections.ts";
import { redirectUriAt } from "../../oauth/oauth-door.ts";
import { becomeReady } from "../become-ready.ts";
import { publicOrigin } from "../public-origin.ts";
import type { Handlers } from "../route-handler.ts";

const pathOf = (basePath: string): string => `${basePath}/oauth/callback`;

export const oauthRoutes: Pick<
  Handlers,
  "listConnections" | "authorizeConnection" | "finishConsent" | "disconnectConnection"
> = {
  listConnections: async ({ engine, principal, query, request }) => ({
    ...(await listConnections(engine, principal, query)),
    redirectUri: redirectUriAt(engine, publicOrigin(engine.settings, request)),
  }),

  authorizeConnection: async ({ engine, principal, params, query, body, request }) => {
    const origin = publicOrigin(engine.settings, request);
    const { consent, cookie } = await beginConsent(engine, { ...params, ...query, ...body, origin, actor: principal });
    const options = {
      path: pathOf(engine.settings.basePath),
      secure: origin.startsWith("https:"),
      maxAgeSec: CONSENT_MS / 1000,
    };
    return Response.json(consent, { headers: { "set-cookie": setCookie(cookie, options) } });
  },

  finishConsent: async ({ engine, runtime, request, requestId }) => {
    const origin = publicOrigin(engine.settings, request);
    await becomeReady(runtime, engine.log);
    const answer = new URL(request.url).searchParams;
    const outcome = await finishConsent(engine, { answer, cookies: request.headers.get("cookie"), requestId });
    const used = { name: cookieName(hashOf(answer.get("state") ?? "")), value: "" };
    const options = { path: pathOf(engine.settings.basePath), secure: origin.startsWith("https:"), maxAgeSec: 0 };
    return new Response(null, {
      status: 303,
      headers: {
        location: backTo(outcome),
        "set-cookie": setCookie(used, options),
        // The code in this address has done its work, and is nobody's business.
        "referrer-policy": "no-referrer",
      },
    });
  },

  disconnectConnection: ({ engine, principal, params, query, requestId }) =>
    disconnect(engine, { ...params, ...query, actor: principal, requestId }),
};

/** A path of this site, checked when the consent began; what it says itself stays. */
function backTo(outcome: ConsentOutcome): string {
  const base = "http://khotan.invalid";
  const url = new URL(outcome.returnTo, base);
  url.searchParams.set("connect", outcome.kind === "connected" ? "done" : "failed");
  url.searchParams.set("plug", outcome.plug);
  url.searchParams.set("tenant", outcome.tenant);
  if (outcome.kind === "failed") url.searchParams.set("code", outcome.code);
  return url.href.slice(base.length);
}
