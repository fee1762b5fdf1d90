import type { Edit } from "../edit/register.ts";
import { digest } from "../generate/manifest.ts";
import { VERSION } from "../version.ts";
import { SKILLS, skillPath } from "./skills.ts";

export const GUIDE = "AGENTS.md";

const BLOCK = /<!-- khotan:begin (\S+) (\S+) -->\n([\s\S]*?)<!-- khotan:end -->\n?/;

const guideBody = (outputDir: string): string => `## Integrations (Khotan)

What this app integrates stands in \`${outputDir}/\`: a file per plug, wire, catch, pass and flow, registered in \`${outputDir}/khotan.ts\`.
Begin each with \`npx khotan add <kind> <name>\`, which writes and registers it; \`npx khotan add --help\` lists the kinds.
Secrets are variables of a plug (\`npx khotan vars set\`), never text in a file. Every step ends with the command that proves it:

${SKILLS.map(({ id, description }) => `- [${id}](${skillPath(id)}): ${description}`).join("\n")}
`;

/**
 * Khotan's part of an `AGENTS.md`, between two marks: added where there is none, replaced when it is an older
 * version's, left alone when somebody edited it.
 */
export function editGuide(text: string, outputDir: string, version: string = VERSION): Edit {
  const body = guideBody(outputDir);
  const block = `<!-- khotan:begin ${version} ${digest(body).slice(0, 12)} -->\n${body}<!-- khotan:end -->\n`;
  const found = BLOCK.exec(text.replaceAll("\r\n", "\n"));
  if (!found) {
    if (text.includes("khotan:begin")) return { state: "manual", why: "the mark at the end of Khotan's part is gone" };
    const gap = text === "" || text.endsWith("\n\n") ? "" : text.endsWith("\n") ? "\n" : "\n\n";
    return { state: "done", text: `${text}${gap}${block}` };
  }
  const [whole, , stamp, old = ""] = found;
  if (whole === block || digest(old).slice(0, 12) !== stamp) return { state: "there" };
  return { state: "done", text: text.replaceAll("\r\n", "\n").replace(whole, () => block) };
}
