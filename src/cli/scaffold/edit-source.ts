import type { Edit } from "../edit/register.ts";
import { parseSource, type SourceNode } from "../edit/source-tree.ts";

/** An edit of a file's syntax tree; of a file that cannot be parsed, a step for a person. */
export function editSource(text: string, edit: (program: SourceNode) => Edit): Edit {
  let tree: SourceNode;
  try {
    tree = parseSource(text);
  } catch {
    return { state: "manual", why: "it cannot be parsed" };
  }
  return edit(tree);
}
