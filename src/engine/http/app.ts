import { OpenAPIHono } from "@hono/zod-openapi";
import { type ApiName, api, type RouteDefinition } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { KhotanError } from "../errors.ts";
import type { Runtime } from "../runtime.ts";
import { errorAnswer, toKhotanError } from "./error-answer.ts";
import type { Host } from "./host.ts";
import { mount, type RequestEnv } from "./mount.ts";
import { createOpenStreams } from "./open-streams.ts";
import { openApiDocument } from "./openapi-document.ts";
import { answerOtherMethods } from "./other-methods.ts";
import { plainWebhooks, type TakePlainWebhook, withCommonHeaders } from "./plain-webhook.ts";
import { createReadingBudget } from "./reading-budget.ts";
import { newRequestId } from "./request-id.ts";
import type { Handlers, HttpParts, RouteHandler } from "./route-handler.ts";
import { alertRoutes } from "./routes/alerts.ts";
import { breakerRoutes } from "./routes/breakers.ts";
import { cacheRoutes } from "./routes/caches.ts";
import { conflictRoutes } from "./routes/conflicts.ts";
import { debugRoutes } from "./routes/debug.ts";
import { deliveryRoutes } from "./routes/deliveries.ts";
import { documentRoutes } from "./routes/document.ts";
import { driftRoutes } from "./routes/drifts.ts";
import { dryRunRoutes } from "./routes/dry-runs.ts";
import { eventRoutes } from "./routes/events.ts";
import { exchangeRoutes } from "./routes/exchanges.ts";
import { fieldMappingRoutes } from "./routes/field-mappings.ts";
import { flowRoutes } from "./routes/flows.ts";
import { gapRoutes } from "./routes/gaps.ts";
import { importRoutes } from "./routes/import.ts";
import { jobRoutes } from "./routes/jobs.ts";
import { limitRoutes } from "./routes/limits.ts";
import { mappingRoutes } from "./routes/mappings.ts";
import { oauthRoutes } from "./routes/oauth.ts";
import { peopleRoutes } from "./routes/people.ts";
import { plugRoutes } from "./routes/plugs.ts";
import { retentionRoutes } from "./routes/retention.ts";
import { rollupRoutes } from "./routes/rollups.ts";
import { runFacetRoutes } from "./routes/run-facets.ts";
import { runHistogramRoutes } from "./routes/run-histogram.ts";
import { runRoutes } from "./routes/runs.ts";
import { secretRoutes } from "./routes/secrets.ts";
import { systemRoutes } from "./routes/system.ts";
import { topologyRoutes } from "./routes/topology.ts";
import { variableRoutes } from "./routes/variables.ts";
import { webhookRoutes } from "./routes/webhooks.ts";
import { wireRoutes } from "./routes/wires.ts";

/** The API below the base path. */
export interface HttpApp {
  /** Never throws: what goes wrong is an answer. */
  fetch(request: Request, host?: Host): Promise<Response>;
  /** The same for webhooks, for hosts that have no `Request` yet. */
  readonly webhook: TakePlainWebhook;
  /** End open streams, so that the process can end. */
  close(): void;
}

/** Answer every route of the contract; one without a handler does not compile. */
export function createHttpApp(engine: Engine, runtime: Runtime): HttpApp {
  const app = new OpenAPIHono<RequestEnv>();
  const parts: HttpParts = { engine, runtime, streams: createOpenStreams(engine.log), reading: createReadingBudget() };
  const handlers: Handlers = {
    ...systemRoutes,
    ...secretRoutes,
    ...peopleRoutes,
    ...topologyRoutes,
    ...documentRoutes(() => openApiDocument(app, engine.settings.basePath)),
    ...plugRoutes,
    ...importRoutes,
    ...variableRoutes,
    ...limitRoutes,
    ...breakerRoutes,
    ...rollupRoutes,
    ...retentionRoutes,
    ...oauthRoutes,
    ...wireRoutes,
    ...gapRoutes,
    ...webhookRoutes,
    ...eventRoutes,
    ...deliveryRoutes,
    ...runRoutes,
    ...runFacetRoutes,
    ...runHistogramRoutes,
    ...flowRoutes,
    ...conflictRoutes,
    ...driftRoutes,
    ...dryRunRoutes,
    ...jobRoutes,
    ...exchangeRoutes,
    ...debugRoutes,
    ...mappingRoutes,
    ...fieldMappingRoutes,
    ...cacheRoutes,
    ...alertRoutes,
  };
  for (const name of Object.keys(api)) if (isApiName(name)) mountNamed(name);
  answerOtherMethods(app, engine.settings.basePath);
  app.notFound(() => {
    throw new KhotanError("not_found", "There is nothing here.", {
      hint: `The API lives at ${engine.settings.basePath}; ${engine.settings.basePath}/reference describes it.`,
    });
  });
  app.onError((error, c) => errorAnswer(toKhotanError(engine, error, c.env.requestId), c.env.requestId));

  function mountNamed(name: ApiName): void {
    // Route and handler have the same name, hence the same type; a loop cannot say so.
    const handler = handlers[name] as unknown as RouteHandler<RouteDefinition>;
    mount<RouteDefinition>(app, parts, name, api[name], handler);
  }

  return {
    async fetch(request, { send, ...rest } = {}) {
      const requestId = newRequestId();
      let sent: Response | null = null;
      const host: Host = send
        ? {
            ...rest,
            send: (...answer) => {
              sent = send(...answer);
              return sent;
            },
          }
        : rest;
      const response = await answer(request, { requestId, host });
      return response === sent ? response : withCommonHeaders(response, requestId);
    },
    webhook: plainWebhooks(parts, engine.settings.basePath),
    close: parts.streams.closeAll,
  };

  async function answer(request: Request, env: RequestEnv["Bindings"]): Promise<Response> {
    try {
      return await app.fetch(request, env);
    } catch (error) {
      // Hono passes on what is no Error.
      return errorAnswer(toKhotanError(engine, error, env.requestId), env.requestId);
    }
  }
}

const isApiName = (name: string): name is ApiName => name in api;
