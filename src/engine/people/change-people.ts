import type { Principal } from "../../contract/index.ts";
import { writeAudit } from "../audit/write-audit.ts";
import { announce } from "../changes/announce.ts";
import type { Engine } from "../context.ts";
import type { Transaction } from "../database/adapter.ts";
import { KhotanError } from "../errors.ts";
import type { People } from "./people.ts";

/** What the audit log says of a change. Never a key, a link or a password. */
export interface PeopleEntry {
  readonly action: string;
  readonly target: string;
  readonly data: Record<string, unknown>;
}

interface PeopleChange<T> {
  readonly actor: Principal;
  readonly requestId: string;
  readonly change: (people: People, tx: Transaction) => Promise<T>;
  readonly entry: (result: T) => PeopleEntry;
}

/** Change people or keys: the change, its audit entry and its announcement are committed together. */
export async function changePeople<T>(
  engine: Pick<Engine, "adapter" | "people">,
  { actor, requestId, change, entry }: PeopleChange<T>,
): Promise<T> {
  const people = requirePeople(engine);
  return await engine.adapter.db.transaction(async (tx) => {
    const result = await change(people, tx);
    await writeAudit(tx, { actor, requestId, ...entry(result) });
    await announce(tx, "people", null);
    return result;
  });
}

/** @throws KhotanError `not_implemented` where the host signs people in by itself. */
export function requirePeople({ people }: Pick<Engine, "people">): People {
  if (people) return people;
  throw new KhotanError("not_implemented", "Users and API keys are managed by the app this hub lives in.", {
    hint: "Manage them there. To do it here, pass `people` to khotan().",
  });
}
