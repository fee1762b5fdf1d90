import { createServer, type Server } from "node:http";
import type { NodeHandler } from "./fast-lane.ts";
import { answerError, answerStarting } from "./plain-answers.ts";
import { isUnder, pathOf } from "./public-server.ts";

/**
 * The loopback-only server through which Workflow's queue runs flows and steps in this process
 * (`WORKFLOW_LOCAL_BASE_URL`). Serves nothing else.
 */
export const workflowServer = (page: () => NodeHandler | undefined): Server => {
  const server = createServer((request, response) => {
    const path = pathOf(request.url ?? "/");
    if (path === undefined || !isUnder(path, "/.well-known/workflow"))
      return answerError(response, 404, "not_found", "There is nothing here.");
    const handler = page();
    if (handler) handler(request, response);
    else answerStarting(response, "api");
  });
  // A step answers when it is done, which may take long.
  server.requestTimeout = 0;
  server.timeout = 0;
  // The queue keeps its connections for half a minute; one closed by us before that fails the job that takes it up.
  server.keepAliveTimeout = 0;
  return server;
};
