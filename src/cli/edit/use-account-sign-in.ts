import { editSource } from "../scaffold/edit-source.ts";
import type { Edit } from "./register.ts";
import { child, children, type SourceNode, textOf, walk } from "./source-tree.ts";
import { type Splice, splice } from "./splice.ts";

interface Doors {
  /** What the page has while only the key is asked for. */
  readonly from: string;
  readonly to: string;
  readonly authPath: string;
}

/** Let the Hub's page lead to the sign-in with an account. One of the app's own choice stays. */
export const useAccountSignIn = (text: string, { from, to, authPath }: Doors): Edit =>
  editSource(text, (program) => {
    const found = [...walk(program)].filter(
      (node) => node.type === "JSXOpeningElement" && textOf(child(node, "name"), "name") === "Hub",
    );
    const [hub] = found;
    if (!hub || found.length !== 1) return { state: "manual", why: "it does not show <Hub /> once" };
    const attributes = children(hub, "attributes");
    if (attributes.some(({ type }) => type !== "JSXAttribute"))
      return { state: "manual", why: "its properties are not written out" };
    const pieces: Splice[] = [];
    const named = (name: string) => attributes.find((one) => textOf(child(one, "name"), "name") === name);
    const set = (name: string, value: string, replaces?: string) => {
      const there = named(name);
      const now = child(there, "value");
      if (!there)
        pieces.push({ start: endOf(hub, attributes), end: endOf(hub, attributes), text: ` ${name}="${value}"` });
      else if (now && textOf(now, "value") === replaces)
        pieces.push({ start: now.start, end: now.end, text: JSON.stringify(value) });
    };
    set("signInPath", to, from);
    set("authPath", authPath);
    return pieces.length === 0 ? { state: "there" } : { state: "done", text: splice(text, pieces) };
  });

/** Behind the last attribute, or behind the element's name. */
const endOf = (hub: SourceNode, attributes: readonly SourceNode[]): number =>
  (attributes.at(-1) ?? child(hub, "name") ?? hub).end;
