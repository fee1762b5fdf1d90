import { clearVariables, readVariables, writeVariables } from "../../vars/connection-variables.ts";
import type { Handlers } from "../route-handler.ts";

export const variableRoutes: Pick<Handlers, "getVariables" | "setVariables" | "clearVariables"> = {
  getVariables: ({ engine, params, query }) => readVariables(engine, { ...params, ...query }),

  setVariables: ({ engine, principal, params, query, body, requestId }) =>
    writeVariables(engine, { ...params, ...query, patch: body, actor: principal, requestId }),

  clearVariables: ({ engine, principal, params, query, requestId }) =>
    clearVariables(engine, { ...params, ...query, actor: principal, requestId }),
};
