import type { AddPlan } from "../add/add-plan.ts";
import { editGuide, GUIDE } from "./edit-guide.ts";
import { SKILLS, skillPath, skillText } from "./skills.ts";

/** What `khotan init --skills` adds: a file per task, and a part of `AGENTS.md` that names them. */
export const planSkills = (outputDir: string): AddPlan => ({
  files: [
    ...SKILLS.map((skill) => ({
      path: skillPath(skill.id),
      text: skillText(skill),
      origin: { by: "skills", id: skill.id } as const,
    })),
    { path: GUIDE, text: "" },
  ],
  edits: [
    {
      path: GUIDE,
      byHand: "Remove Khotan's part from it, and run this again.",
      edit: (text) => editGuide(text, outputDir),
    },
  ],
  next: [],
});
