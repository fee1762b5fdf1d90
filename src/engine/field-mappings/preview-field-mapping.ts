import { eq } from "drizzle-orm";
import {
  decodeId,
  type FieldMappingDefinition,
  type FieldPreview,
  maySeeTenant,
  type Principal,
} from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { events } from "../database/schema/index.ts";
import { KhotanError } from "../errors.ts";
import { parseBodyInTurns } from "../events/parse-body.ts";
import { applyFieldMapping, mapFields } from "./apply-field-mapping.ts";
import { checkDefinition } from "./check-definition.ts";

interface Ask {
  readonly name: string;
  readonly tenant: string;
  readonly record?: unknown;
  readonly eventId?: string | undefined;
  readonly definition?: FieldMappingDefinition | undefined;
  readonly direction: "in" | "out";
}

/**
 * What becomes of one record, field by field, by what is in force or by a draft.
 *
 * @throws KhotanError `not_found`; `validation_failed` for a wrong draft, or when there is no record
 */
export async function previewFieldMapping(
  engine: Pick<Engine, "adapter" | "fieldMappings">,
  principal: Principal,
  { name, tenant, record, eventId, definition: draft, direction }: Ask,
): Promise<FieldPreview> {
  if (draft) checkDefinition(draft);
  const chosen = draft ? { definition: draft, version: null } : await engine.fieldMappings.open(name, tenant);
  const source = eventId === undefined ? record : await payloadOf(engine, principal, eventId);
  if (source === undefined || source === null) {
    throw new KhotanError("validation_failed", "There is no record to preview.", {
      hint: "Send `record`, or `eventId` of an event with a JSON body.",
      issues: [{ path: eventId === undefined ? "record" : "eventId", message: "There is no record." }],
    });
  }
  const [fields = []] = await mapFields(chosen.definition, [source], { direction });
  const [whole] = await applyFieldMapping(chosen.definition, [source], { direction });
  return {
    version: chosen.version,
    fields: fields.map(({ rule, source: found, value, problem }) => ({
      target: rule.target,
      source: found ?? null,
      value: value ?? null,
      error:
        problem === null
          ? null
          : problem.position === null
            ? problem.message
            : `${problem.message} (at position ${problem.position})`,
    })),
    result: whole?.ok ? whole.value : null,
  };
}

async function payloadOf(engine: Pick<Engine, "adapter">, principal: Principal, id: string): Promise<unknown> {
  const uuid = decodeId("event", id);
  const [event] = uuid
    ? await engine.adapter.db
        .select({ tenant: events.tenant, body: events.body, contentType: events.contentType, payload: events.payload })
        .from(events)
        .where(eq(events.id, uuid))
    : [];
  if (event && maySeeTenant(principal, event.tenant))
    return event.body ? (await parseBodyInTurns(event.body, event.contentType)).payload : event.payload;
  throw new KhotanError("not_found", `There is no event "${id}".`);
}
