import { sql } from "drizzle-orm";
import { z } from "zod";
import { decodeId, type FieldDrift, newUuid, type SourceShape, sourceShapeSchema } from "../../../contract/index.ts";
import { announce } from "../../changes/announce.ts";
import { rows, run, type Transaction } from "../../database/adapter.ts";
import type { FlowContext } from "../../flows/flow-context.ts";
import { PermanentError } from "../../handlers/outcome.ts";
import { PlugSchemaError } from "../../plugs/index.ts";
import type { SyncDrift } from "../sync-options.ts";
import { compareShapes, mergeShapes } from "./compare-shapes.ts";
import { inferShape } from "./infer-shape.ts";

/** A field counts as "always there" when so many records had it. */
const SETTLED_RECORDS = 20;
const SHOWN = 5;

type DriftContext = Pick<FlowContext, "transaction" | "tenant" | "runId" | "log"> & {
  readonly flow: { readonly id: string; readonly name: string };
};

/** Looks at every page before it is written. */
export interface DriftWatch {
  /** @throws PermanentError `schema_drift` when a page breaks with what was always so; then the flow is paused. */
  check(records: readonly unknown[]): Promise<void>;
  /** Remember what the page looked like, in the transaction that writes it. */
  keep(tx: Transaction): Promise<void>;
  /** What `read` threw: an answer that does not meet the plug's own schema is drift as well. @throws PermanentError */
  judge(error: unknown): Promise<void>;
}

const shapeRow = z.object({
  version: z.number(),
  records: z.coerce.number(),
  shape: z.string().transform((text) => sourceShapeSchema.parse(JSON.parse(text))),
});

/** @throws PermanentError `flow_paused` while a drift waits to be accepted */
export async function openDriftWatch(ctx: DriftContext, mode: SyncDrift): Promise<DriftWatch> {
  if (mode === "off")
    return { check: async () => undefined, keep: async () => undefined, judge: async () => undefined };
  const flowId = decodeId("flow", ctx.flow.id) ?? "";
  const runId = decodeId("run", ctx.runId);
  const { tenant } = ctx;
  const [stored] = await ctx.transaction(async (tx) => {
    if (await isPaused(tx, flowId, tenant)) throw pausedError(ctx.flow);
    return await rows(
      tx,
      sql`
        select version, records, shape::text from khotan_flow_shapes
        where flow_id = ${flowId}::uuid and tenant = ${tenant}
      `,
      shapeRow,
    );
  });
  let known = stored ?? { version: 1, records: 0, shape: {} as SourceShape };
  let pending: { next: typeof known; changes: FieldDrift[] } | null = null;

  async function pause(changes: FieldDrift[], shape: SourceShape): Promise<never> {
    await ctx.transaction(async (tx) => {
      await insertDrift(tx, { flowId, tenant, runId, version: known.version, changes, shape, status: "open" });
      await announce(tx, "flows", flowId);
    });
    throw driftError(
      ctx.flow,
      tenant,
      changes.filter((one) => one.breaking),
    );
  }

  return {
    async check(records) {
      if (records.length === 0) return;
      const now = inferShape(records);
      const first = known.records === 0;
      const settled = known.records >= SETTLED_RECORDS;
      const changes = first ? [] : compareShapes(known.shape, now);
      const shape = first ? now : mergeShapes(known.shape, now);
      if (settled && mode === "pause" && changes.some((one) => one.breaking)) await pause(changes, shape);
      const told = settled ? changes : [];
      for (const { field, kind } of told)
        ctx.log.warn(`the source's records changed: "${field}" is ${kind.replaceAll("_", " ")}`);
      pending = {
        next: { shape, records: known.records + records.length, version: known.version + (told.length > 0 ? 1 : 0) },
        changes: told,
      };
    },
    async keep(tx) {
      if (!pending) return;
      const { next, changes } = pending;
      if (changes.length > 0) {
        const { version } = known;
        await insertDrift(tx, { flowId, tenant, runId, version, changes, shape: next.shape, status: "noted" });
        await announce(tx, "flows", flowId);
      }
      await run(
        tx,
        sql`
          insert into khotan_flow_shapes (flow_id, tenant, version, shape, records)
          values (${flowId}::uuid, ${tenant}, ${next.version}, ${JSON.stringify(next.shape)}::text::jsonb, ${next.records})
          on conflict (flow_id, tenant) do update set
            version = excluded.version, shape = excluded.shape, records = excluded.records, updated_at = now()
        `,
      );
      known = next;
      pending = null;
    },
    async judge(error) {
      if (mode !== "pause" || !(error instanceof PlugSchemaError) || error.side !== "response") return;
      if (error.code.startsWith("pagination")) return;
      const changes = error.issues.map(({ path, message }): FieldDrift => {
        const field = path.replace(/^body\.?/, "").replaceAll(/\.?\b\d+\b/g, "[]") || "(root)";
        return {
          field,
          kind: "retyped",
          breaking: true,
          before: (Object.hasOwn(known.shape, field) ? known.shape[field]?.types : undefined) ?? [],
          now: [message],
        };
      });
      await pause(distinct(changes), known.shape);
    },
  };
}

const distinct = (changes: readonly FieldDrift[]): FieldDrift[] => [
  ...new Map(changes.map((one) => [`${one.field} ${one.now.join()}`, one])).values(),
];

/** Whether a drift of this flow waits to be accepted. */
export async function isPaused(tx: Pick<Transaction, "execute">, flowId: string, tenant: string): Promise<boolean> {
  const query = sql`
    select 1 from khotan_flow_drifts where flow_id = ${flowId}::uuid and tenant = ${tenant} and status = 'open'
  `;
  return (await rows(tx, query, z.unknown())).length > 0;
}

interface NewDrift {
  readonly flowId: string;
  readonly tenant: string;
  readonly runId: string | null;
  readonly version: number;
  readonly changes: readonly FieldDrift[];
  readonly shape: SourceShape;
  readonly status: "open" | "noted";
}

/** One drift at most waits for a person; another process may have found it as well. */
async function insertDrift(tx: Transaction, one: NewDrift): Promise<void> {
  await run(
    tx,
    sql`
      insert into khotan_flow_drifts (id, flow_id, tenant, breaking, status, version, changes, shape, run_id)
      values (
        ${newUuid()}::uuid, ${one.flowId}::uuid, ${one.tenant}, ${one.status === "open"}, ${one.status}, ${one.version},
        ${JSON.stringify(one.changes)}::text::jsonb, ${JSON.stringify(one.shape)}::text::jsonb, ${one.runId}::uuid
      )
      on conflict (flow_id, tenant) where status = 'open' do nothing
    `,
  );
}

const pausedError = ({ id, name }: { readonly id: string; readonly name: string }) =>
  new PermanentError(`"${name}" is paused: its source's records changed, and nobody has accepted that yet.`, {
    code: "flow_paused",
    hint: `Look at GET /flows/${id}/drift; if it is right, POST /flows/${id}/drift/accept.`,
  });

function driftError(
  flow: { readonly id: string; readonly name: string },
  tenant: string,
  breaking: readonly FieldDrift[],
) {
  const list = breaking
    .slice(0, SHOWN)
    .map(({ field, kind, before, now }) =>
      kind === "missing"
        ? `"${field}" is gone`
        : `"${field}" was ${before.join(" or ") || "as declared"} and is ${now.join(" or ")}`,
    );
  const more = breaking.length > SHOWN ? ` and ${breaking.length - SHOWN} more` : "";
  const error = new PermanentError(
    `The source's records changed: ${list.join("; ")}${more}. "${flow.name}" is paused for "${tenant}"; nothing of this page was written.`,
    {
      code: "schema_drift",
      hint: `Change the flow if it has to, then POST /flows/${flow.id}/drift/accept. It goes on where it was.`,
    },
  );
  const issues = breaking.map(({ field, kind, before, now }) => ({
    path: field,
    message: kind === "missing" ? "is missing" : `${before.join(" | ")} → ${now.join(" | ")}`,
  }));
  return Object.assign(error, { issues });
}
