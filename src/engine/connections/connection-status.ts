import type { ConnectionStatus } from "../../contract/index.ts";
import { readToken } from "../oauth/token-vars.ts";
import { type AnyPlug, isOAuth2, type VarRecord } from "../plugs/index.ts";
import { missingVars } from "../vars/merge-vars.ts";

/** Does somebody still have to consent before this plug can be used? */
export function needsConsent(plug: Pick<AnyPlug, "resolveAuth">, vars: VarRecord): boolean {
  const strategy = plug.resolveAuth(vars);
  return isOAuth2(strategy) && strategy.oauth2.grant !== "clientCredentials" && readToken(vars) === null;
}

/** Whether a connection with these variables can be used. */
export const connectionStatus = (
  plug: Pick<AnyPlug, "fields" | "resolveAuth">,
  vars: VarRecord,
): Extract<ConnectionStatus, "active" | "pending"> =>
  missingVars(plug.fields, vars).length > 0 || needsConsent(plug, vars) ? "pending" : "active";
