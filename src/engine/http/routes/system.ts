import type { Change } from "../../../contract/index.ts";
import { listAudit } from "../../audit/list-audit.ts";
import { followChanges } from "../../changes/follow-changes.ts";
import { describeError } from "../../describe-error.ts";
import { readOverview } from "../../overview/read-overview.ts";
import { readProcesses } from "../../processes/read-processes.ts";
import { drain } from "../../queue/drain.ts";
import { tidyUp } from "../../queue/tidy-up.ts";
import type { Runtime } from "../../runtime.ts";
import { VERSION } from "../../version.ts";
import type { StreamedEvent } from "../event-stream.ts";
import { requireAllTenants } from "../require-all-tenants.ts";
import type { Handlers } from "../route-handler.ts";
import { stillMay } from "../still-may.ts";

export const systemRoutes: Pick<
  Handlers,
  "getHealth" | "getReady" | "getOverview" | "getStream" | "getMetrics" | "listAudit" | "listProcesses" | "runCron"
> = {
  getHealth: () => ({ ok: true }),

  getReady: async ({ runtime }) => {
    const state = await readState(runtime);
    const ready = state.database && state.migrations && state.queue;
    return Response.json({ ready, ...state }, { status: ready ? 200 : 503 });
  },

  getOverview: ({ engine, principal, query, origin }) => readOverview(engine, principal, { ...query, origin }),

  getStream: ({ engine, principal, request, streams }) =>
    streams.open({
      request,
      stillAllowed: () => stillMay(engine, principal, request),
      items: (signal) => toEvents(followChanges(engine.listener, principal, signal)),
    }),

  getMetrics: async ({ runtime, principal, request }) => {
    requireAllTenants(principal);
    const { text, contentType } = await runtime.metrics(request.headers.get("accept"));
    return new Response(text, { headers: { "content-type": contentType } });
  },

  listAudit: ({ engine, principal, query }) => listAudit(engine, principal, query),

  listProcesses: ({ engine, principal }) => readProcesses(engine, principal),

  runCron: async ({ engine, runtime }) => {
    const [drained, ran] = await Promise.all([
      drain(engine, runtime.delivery),
      runtime.flows.cron(CRON_BUDGET_MS),
      tidyUp(engine, runtime.receiver),
    ]);
    // What there is to tell must not fail the call that handled it.
    await runtime.alerts.round().catch((error: unknown) => engine.log.warn({ error: describeError(error) }, "alerts"));
    return { ...drained, ...ran };
  },
};

/** No flow goes on for longer than this in one call; what is not done is given back. */
const CRON_BUDGET_MS = 20_000;

/** Whoever asks wants to know now; a database that does not answer is away. */
const PATIENCE_MS = 3_000;

async function readState(runtime: Runtime): ReturnType<Runtime["state"]> {
  // Asking whether it is ready is a request too, and the first request makes it so.
  runtime.ready().catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Awaited<ReturnType<Runtime["state"]>>>((resolve) => {
    timer = setTimeout(() => resolve({ database: false, migrations: false, queue: false }), PATIENCE_MS);
  });
  const state = await Promise.race([runtime.state(), late]);
  clearTimeout(timer);
  return state;
}

/** `hello` first, once changes are heard: whoever reads the rows after it misses none. */
async function* toEvents(
  changes: AsyncGenerator<Change, void, undefined>,
): AsyncGenerator<StreamedEvent, void, undefined> {
  try {
    let next = changes.next(); // begins to listen, before `hello` is sent
    yield { event: "hello", data: { version: VERSION } };
    for (let { done, value } = await next; !done; { done, value } = await next) {
      yield { event: "change", data: value };
      next = changes.next();
    }
  } finally {
    await changes.return();
  }
}
