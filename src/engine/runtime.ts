import { type Alerts, createAlerts } from "./alerts/alerts.ts";
import { storeDeclaredAlerts } from "./alerts/declared-alerts.ts";
import type { Engine } from "./context.ts";
import { createHotPool } from "./database/hot-pool.ts";
import { isMigrated, migrate } from "./database/migrate.ts";
import { naturalBatch } from "./database/natural-batch.ts";
import { isDataError } from "./database/sql-state.ts";
import { type ClaimedDelivery, type ClaimRequest, claimDeliveries } from "./deliveries/claim-deliveries.ts";
import type { DeliveryTools } from "./deliveries/deliver.ts";
import { type FinishedAttempt, finishDeliveries } from "./deliveries/finish-deliveries.ts";
import { describeError } from "./describe-error.ts";
import { createDurable } from "./durable/durable.ts";
import { createWorkflowStarter } from "./durable/start-workflow.ts";
import { createEventLanes } from "./events/event-lanes.ts";
import type { Receiver } from "./events/receive-webhook.ts";
import { createRejectionRecorder } from "./events/record-rejection.ts";
import { storeEvents } from "./events/store-events.ts";
import { createFlowEngine, type FlowEngine } from "./flows/flow-engine.ts";
import { createFlowWorkflowStarter } from "./flows/workflow/start-flow-workflow.ts";
import { takeJobTurn } from "./jobs/work-job.ts";
import { createMetricsPage, type ExposeMetrics } from "./observe/metrics/expose-metrics.ts";
import { foreignWorkerIds } from "./queue/foreign-worker-ids.ts";
import { type HouseKeeping, keepHouse } from "./queue/keep-house.ts";
import { prepareQueue } from "./queue/prepare-queue.ts";
import { beat, leave } from "./queue/process-register.ts";
import { type Pump, startPump } from "./queue/pump.ts";
import { type QueueWorker, startQueueWorker } from "./queue/queue-worker.ts";
import { createWorkBell } from "./queue/work-bell.ts";
import { writeBehind } from "./queue/write-behind.ts";
import { register } from "./registry/register.ts";
import { registerResources } from "./resources/register-resources.ts";
import { createRepeatCounter } from "./rollups/count-repeats.ts";
import { createTransactionSlots } from "./runs/handler-transaction.ts";
import { createLiveRuns } from "./runs/live-runs.ts";
import { createProgressWriter } from "./runs/progress-writer.ts";
import { createRunLogWriter } from "./runs/run-log-writer.ts";
import { reportMissingKeys } from "./vars/missing-keys.ts";
import { VERSION } from "./version.ts";
import { keepWires, type WireKeeping } from "./wires/keep-wires.ts";
import { createWireToucher } from "./wires/touch-wires.ts";

/** The living side of a hub: start and stop, and what the HTTP layer needs of it. */
export interface Runtime {
  readonly receiver: Receiver;
  readonly delivery: DeliveryTools;
  readonly flows: FlowEngine;
  readonly alerts: Alerts;
  /** For `/metrics`. */
  readonly metrics: ExposeMetrics;
  ready(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Look now for gaps of wires to repair; without it that takes some seconds. */
  repairGaps(): void;
  /** For `/ready`. */
  state(): Promise<{ database: boolean; migrations: boolean; queue: boolean }>;
}

/** How long runs may go on when the process stops. */
const FINISH_MS = 3_000;
/** How long what is noted along the way waits to be written, together with what comes meanwhile. */
const NOTES_MS = 3_000;
const UNHEARD_MS = 500;

/** Wire the parts to each other; nothing is decided here. */
export function createRuntime(engine: Engine): Runtime {
  const { adapter, settings, log } = engine;
  const hot = createHotPool(adapter.url, 4);
  const work = createWorkBell(adapter, engine.processId);
  const live = createLiveRuns();
  const toucher = createWireToucher(adapter);
  const repeats = createRepeatCounter(adapter);
  const notes = writeBehind(NOTES_MS, flushNotes, (error) =>
    log.warn({ error: describeError(error) }, "what was noted could not be written; it is tried again"),
  );
  const insert = createEventLanes((events) => storeEvents({ adapter, hot, work }, events, engine.gates.stored));
  const receiver: Receiver = {
    async insert(event) {
      const stored = await insert(event);
      if (stored.duplicate) {
        repeats.count(event.plug, event.tenant);
        notes.noted();
      }
      return stored;
    },
    isFull: insert.isFull,
    reject: createRejectionRecorder(adapter),
    touch(wireId) {
      toucher.touch(wireId);
      notes.noted();
    },
  };
  /** Somebody wants a run to stop that is not known here: it may be just about to begin. */
  const unheard = writeBehind(
    UNHEARD_MS,
    async () => house?.renew(),
    () => undefined,
  );
  const announceLog = (runId: string) => engine.publisher.publish("log", runId);
  const delivery: DeliveryTools = {
    claim: naturalBatch<ClaimRequest, ClaimedDelivery | null>({ run: (items) => claimDeliveries(hot, items) }),
    finish: naturalBatch<FinishedAttempt, boolean>({
      run: (items) => finishDeliveries(hot, items),
      isolate: isDataError,
    }),
    writeLog: createRunLogWriter(adapter, announceLog),
    writeProgress: createProgressWriter(adapter, announceLog),
    slots: createTransactionSlots(adapter.maxTransactions),
    live,
    startWorkflow: createWorkflowStarter(engine),
  };
  const flows = createFlowEngine(engine, { ...delivery, startWorkflow: createFlowWorkflowStarter(engine) });
  const durable = createDurable(engine, delivery);
  const alerts = createAlerts(engine);
  let worker: QueueWorker | null = null;
  let pump: Pump | null = null;
  let house: HouseKeeping | null = null;
  let wireKeeping: WireKeeping | null = null;
  let readiness: Promise<void> | null = null;
  let running: Promise<void> | null = null;

  const facts = () => ({
    role: settings.role,
    version: VERSION,
    workerIds: [...(worker?.workerIds() ?? []), ...foreignWorkerIds()],
  });

  async function prepare(): Promise<void> {
    await migrate(adapter);
    await prepareQueue(adapter, log);
    await register(adapter, engine.registry.definitions, engine.clock.now());
    await storeDeclaredAlerts(engine, engine.declaredAlerts);
    await registerResources(adapter, engine.mappings.resources.values());
    // First listen, then read: a switch made in between is heard.
    listen();
    await engine.listener.start();
    await engine.registry.refresh();
    await engine.gates.breakers.refresh();
    await reportMissingKeys(engine);
    if (settings.role !== "web") durable.ready();
  }

  function listen(): void {
    const forgetAll = () => {
      engine.connectionVars.forget();
      engine.wires.forget();
      engine.limiters.wake(null);
      engine.gates.soon(engine.gates.breakers.refresh);
      durable.nudge();
      flows.nudge();
      house?.renew();
      engine.registry
        .refresh()
        .catch((error: unknown) => log.warn({ error: describeError(error) }, "the switches could not be read again"));
    };
    engine.listener.onGap(forgetAll);
    engine.listener.on(({ t, id }) => {
      if (t === "connections") engine.connectionVars.forget();
      else if (t === "wires") engine.wires.forget();
      else if (t === "plugs" || t === "handlers" || t === "flows") void engine.registry.refresh().catch(forgetAll);
      else if (t === "limits") engine.limiters.wake(id);
      else if (t === "breakers") engine.gates.soon(engine.gates.breakers.refresh);
      else if (t === "workflow") durable.nudge();
      else if (t === "due") flows.nudge();
      else if (t === "cancel" && id) {
        const executing = live.find(id);
        if (executing) executing.stop("cancelled");
        else unheard.noted();
        durable.cancel(id);
      }
    });
  }

  async function ready(): Promise<void> {
    readiness ??= prepare().catch((error: unknown) => {
      readiness = null; // the database may be there the next time
      throw error;
    });
    await readiness;
  }

  /** What is noted along the way and written a few seconds later. */
  async function flushNotes(): Promise<void> {
    await toucher.flush();
    await repeats.flush();
  }

  async function begin(): Promise<void> {
    await ready();
    const beatNow = () => beat(adapter, { id: engine.processId, ...facts() });
    await beatNow();
    engine.publisher.publish("processes", null);
    alerts.start();
    house = keepHouse(engine, live, facts);
    wireKeeping = keepWires(engine, receiver);
    if (settings.role === "web") return;
    durable.start();
    flows.start();
    worker = await startQueueWorker({
      url: adapter.url,
      concurrency: Math.min(3, settings.concurrency),
      log,
      workJob: (id) => takeJobTurn(engine, id),
      onWorkers: () => void beatNow().catch(() => undefined),
    });
    pump = startPump(engine, hot, delivery, work);
    await beatNow();
    house.sweep();
  }

  /** What ends within a few seconds may end; the rest is told to stop and given back. */
  async function stopWorker(): Promise<void> {
    const hurry = setTimeout(() => {
      for (const run of live.all()) run.stop("shutdown");
    }, FINISH_MS);
    await Promise.all([worker?.stop(), pump?.stop(), flows.stop()]);
    clearTimeout(hurry);
  }

  return {
    receiver,
    delivery,
    flows,
    alerts,
    metrics: createMetricsPage(engine, live),
    ready,
    async start() {
      running ??= begin().catch((error: unknown) => {
        running = null;
        throw error;
      });
      await running;
    },
    async stop() {
      await stopWorker();
      await engine.renewals.idle();
      await engine.limiters.stop();
      await engine.gates.stop();
      await durable.stop();
      await alerts.stop();
      await house?.stop();
      await wireKeeping?.stop();
      await notes.stop().catch(() => undefined);
      await engine.exchanges.flush();
      await engine.publisher.flush();
      if (running) {
        await leave(adapter, engine.processId).catch(() => undefined);
        engine.publisher.publish("processes", null);
        await engine.publisher.flush();
      }
      await engine.listener.stop();
      await hot.end();
      worker = null;
      pump = null;
      house = null;
      wireKeeping = null;
      running = null;
      readiness = null;
    },
    repairGaps: () => wireKeeping?.nudge(),
    async state() {
      const migrations = await isMigrated(adapter).then(
        (done) => ({ database: true, done }),
        () => ({ database: false, done: false }),
      );
      return {
        database: migrations.database,
        migrations: migrations.done,
        queue: settings.role === "web" || worker !== null,
      };
    },
  };
}
