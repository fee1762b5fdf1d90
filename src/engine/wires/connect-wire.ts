import type { Principal, WireRecord } from "../../contract/index.ts";
import { writeAudit } from "../audit/write-audit.ts";
import { bindPlug } from "../connections/bind-plug.ts";
import type { Engine } from "../context.ts";
import { KhotanError } from "../errors.ts";
import type { VarPatch } from "../plugs/index.ts";
import { toFailure } from "../runs/failure.ts";
import { missingVars } from "../vars/merge-vars.ts";
import { callbackUrl } from "./callback-url.ts";
import { requireWire } from "./require-wire.ts";
import type { Subscription, Wire, WireContext } from "./wire.ts";
import { wireRecord } from "./wire-record.ts";
import { lockWire, type WireChange, type WireRow, writeWire } from "./write-wire.ts";

export interface ConnectWire {
  readonly plug: string;
  readonly tenant: string;
  readonly callbackUrl?: string;
  readonly vars?: VarPatch;
  readonly origin: string;
  readonly actor: Principal;
  readonly requestId?: string;
}

const HOOK_TIMEOUT_MS = 60_000;
/** A wire is not renewed more often than this, whatever its provider says. */
const RENEW_PACE_MS = 60_000;

/**
 * Connect a wire, or change the variables of a connected one.
 *
 * A managed wire is written as `pending` **before** the provider is asked: the
 * provider may send its handshake, or the first event, before it has answered;
 * and if this process dies in between, the row shows what was begun.
 *
 * @throws KhotanError `variables_missing`, `upstream_failed` when the provider refuses, and what `writeWire` throws.
 */
export async function connectWire(engine: Engine, request: ConnectWire): Promise<WireRecord> {
  const { plug, tenant, origin, actor, requestId } = request;
  const definition = requireWire(engine.registry, plug);
  const { wire } = definition;
  const url = request.callbackUrl ?? callbackUrl(engine.settings, origin, plug, tenant);
  // A managed wire calls the provider, so the tenant must have credentials before anything is written.
  if (wire.mode === "managed") await bindPlug(engine, plug, tenant, { source: "wire" });
  const before = await begin(engine, request, wire, url);
  const subscribe = wire.mode === "managed" && !before.wasConnected;
  if (subscribe) await callProvider(engine, plug, tenant, wire, before.row, "onSubscribe");
  const done = await engine.adapter.db.transaction(async (tx) => {
    const written = await writeWire(tx, engine.secrets(), {
      plug,
      tenant,
      fields: wire.vars,
      change: {},
      hidden: true,
    });
    await writeAudit(tx, {
      actor,
      action: "wire.connect",
      plug,
      tenant,
      requestId,
      data: { mode: wire.mode, keys: Object.keys(request.vars ?? {}) },
    });
    return written;
  });
  engine.wires.forget();
  return wireRecord({ settings: engine.settings, definition, tenant, row: done.row, vars: done.vars, origin });
}

async function begin(
  engine: Engine,
  request: ConnectWire,
  wire: Wire,
  url: string,
): Promise<{ row: WireRow; wasConnected: boolean }> {
  const { plug, tenant, vars: patch } = request;
  const begun = await engine.adapter.db.transaction(async (tx) => {
    const old = await lockWire(tx, plug, tenant);
    const wasConnected = old !== null && ["active", "expired"].includes(old.status);
    const manual = wire.mode === "manual";
    const change: WireChange = { mode: wire.mode, events: [...wire.events], callbackUrl: url, error: null };
    if (manual)
      Object.assign(change, { status: "active", connectedAt: old?.connectedAt ?? new Date(engine.clock.now()) });
    else if (!wasConnected) Object.assign(change, { status: "pending", remoteId: null });
    const { row, vars } = await writeWire(tx, engine.secrets(), {
      plug,
      tenant,
      fields: wire.vars,
      change,
      patch,
      hidden: false,
    });
    const missing = manual ? missingVars(wire.vars, vars) : [];
    if (missing.length > 0) {
      throw new KhotanError("variables_missing", `Connecting needs ${missing.join(", ")}.`, {
        hint: `Send { "vars": { "${missing[0]}": "…" } }.`,
        issues: missing.map((key) => ({ path: `vars.${key}`, message: "Required." })),
      });
    }
    return { row, wasConnected };
  });
  engine.wires.forget();
  return begun;
}

/** Run one life-cycle hook and keep what it returned, or why it failed. Shared by connect and renew. */
export async function callProvider(
  engine: Engine,
  plug: string,
  tenant: string,
  wire: Wire,
  row: WireRow,
  hook: "onSubscribe" | "onRenew",
): Promise<void> {
  try {
    const subscription = await wire[hook]?.(await wireContext(engine, plug, tenant, wire, row));
    await keep(engine, plug, tenant, wire, row, subscription);
  } catch (error) {
    const failure = toFailure(error);
    await engine.adapter.db.transaction((tx) =>
      writeWire(tx, engine.secrets(), {
        plug,
        tenant,
        fields: wire.vars,
        change: { status: "error", error: failure },
        hidden: true,
      }),
    );
    engine.wires.forget();
    throw new KhotanError("upstream_failed", `${plug} refused: ${failure.message}`, {
      hint: failure.hint ?? `Check ${plug}'s variables, then connect again.`,
      cause: error,
    });
  }
}

async function keep(
  engine: Engine,
  plug: string,
  tenant: string,
  wire: Wire,
  row: WireRow,
  subscription: Subscription | undefined,
): Promise<void> {
  const change: WireChange = {
    status: "active",
    error: null,
    remoteId: subscription?.remoteId ?? row.remoteId,
    expiresAt: subscription?.expiresAt ?? null,
    connectedAt: new Date(engine.clock.now()),
    renewFailures: 0,
    // Together with the new end: nobody else may find it due again before the pace is kept.
    renewAfter: new Date(engine.clock.now() + RENEW_PACE_MS),
  };
  await engine.adapter.db.transaction((tx) =>
    writeWire(tx, engine.secrets(), { plug, tenant, fields: wire.vars, change, hidden: true }),
  );
  engine.wires.forget();
}

/** What a life-cycle hook is given. */
export async function wireContext(
  engine: Engine,
  plug: string,
  tenant: string,
  wire: Wire,
  row: WireRow,
  signal: AbortSignal = AbortSignal.timeout(HOOK_TIMEOUT_MS),
): Promise<WireContext> {
  const bound = await bindPlug(engine, plug, tenant, { source: "wire", signal });
  const connected = await engine.wires.connected(plug, tenant);
  return {
    tenant,
    plug: bound.plug,
    vars: bound.vars,
    callbackUrl: row.callbackUrl,
    events: wire.events,
    wireVars: connected?.vars ?? {},
    remoteId: row.remoteId,
    signal,
    setWireVars: async (patch) => {
      await engine.adapter.db.transaction((tx) =>
        writeWire(tx, engine.secrets(), { plug, tenant, fields: wire.vars, change: {}, patch, hidden: true }),
      );
      engine.wires.forget();
    },
  };
}
