import { fromOpenApi } from "../add/import-plug.ts";
import { planAdd } from "../add/plan-add.ts";
import type { App } from "../add/read-app.ts";
import { readDocument } from "../add/read-document.ts";
import { SKILLS, skillText } from "../skills/skills.ts";
import type { Origin } from "./manifest.ts";

/** What a generated file would be now. */
export async function makeAgain(
  app: App,
  origin: Origin,
  path: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  switch (origin.by) {
    case "openapi": {
      const { by: _, ...options } = origin;
      return (await fromOpenApi(await readDocument(origin.source, app.folder, signal), options)).code;
    }
    case "add": {
      const { files } = await planAdd(app, origin.kind, undefined, {}, signal);
      return files.find((file) => file.path === path)?.text;
    }
    case "skills":
      return skillOf(origin.id);
  }
}

function skillOf(wanted: string): string | undefined {
  const skill = SKILLS.find(({ id }) => id === wanted);
  return skill && skillText(skill);
}
