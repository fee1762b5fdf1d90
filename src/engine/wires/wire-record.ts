import { encodeId, type WireRecord } from "../../contract/index.ts";
import type { Settings } from "../config.ts";
import type { RegisteredPlug } from "../registry/definitions.ts";
import { maskVars } from "../vars/mask-vars.ts";
import { callbackUrl } from "./callback-url.ts";
import type { Wire } from "./wire.ts";
import type { WireRow } from "./write-wire.ts";

interface WireView {
  readonly settings: Settings;
  readonly definition: RegisteredPlug & { wire: Wire };
  readonly tenant: string;
  readonly row: WireRow | null;
  readonly vars: Readonly<Record<string, string | number | boolean>>;
  readonly origin: string;
}

/** A wire as the API shows it, whether or not it was ever connected. */
export function wireRecord({ settings, definition, tenant, row, vars, origin }: WireView): WireRecord {
  const { wire, plug } = definition;
  const connected = row !== null && row.status !== "disabled";
  return {
    id: row ? encodeId("wire", row.id) : null,
    plug: plug.name,
    tenant,
    status: row?.status ?? "disabled",
    connected,
    mode: wire.mode,
    scheme: wire.verify?.name ?? "custom",
    events: [...wire.events],
    callbackUrl: row?.callbackUrl || callbackUrl(settings, origin, plug.name, tenant),
    remoteId: connected ? (row?.remoteId ?? null) : null,
    expiresAt: row?.expiresAt?.toISOString() ?? null,
    renewable: wire.onRenew !== undefined,
    connectedAt: connected ? (row?.connectedAt?.toISOString() ?? null) : null,
    lastReceivedAt: row?.lastReceivedAt?.toISOString() ?? null,
    error: row?.error ?? null,
    guide: wire.guide.map((step) => ({ ...step })),
    fields: maskVars(wire.vars, vars),
  };
}
