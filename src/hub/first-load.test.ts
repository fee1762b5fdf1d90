import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const source = fileURLToPath(new URL("..", import.meta.url));

/** Every file and package that loading `entry` pulls in; `import type` and `import()` pull in nothing yet. */
function staticImports(entry: string): { files: Set<string>; packages: Map<string, Set<string>> } {
  const files = new Set<string>();
  const packages = new Map<string, Set<string>>();
  const visit = (file: string) => {
    if (files.has(file)) return;
    files.add(file);
    const text = readFileSync(file, "utf8").replace(/^(import|export) type [^;]*;/gm, "");
    for (const [, named, from = ""] of text.matchAll(/^(?:import|export)\s+(?:([^;]*?)\s+from\s+)?"([^"]+)";/gm)) {
      const onlyTypes =
        named?.startsWith("{") &&
        named
          .replace(/[{}\s]/g, "")
          .split(",")
          .filter(Boolean)
          .every((name) => name.startsWith("type"));
      if (onlyTypes && named?.includes("type ")) continue;
      const target = join(dirname(file), from);
      if (!from.startsWith(".")) packages.set(from, new Set([...(packages.get(from) ?? []), relative(source, file)]));
      else if (/\.tsx?$/.test(target) && existsSync(target)) visit(target);
    }
  };
  visit(entry);
  return { files, packages };
}

/** What everybody pays for before the first row is on screen. */
const entries = ["hub/hub-app.tsx", "hub/runs/runs-room.tsx", "hub/access/sign-in-form.tsx", "client/index.ts"];

/** Small primitives that stand in the first picture; menus, dialogs and popovers are loaded when pressed. */
const RADIX_AT_ONCE = ["button", "checkbox", "segmented", "tooltip"].map((name) => `components/ui/${name}.tsx`);

it.each(entries)("%s loads no schemas, no toasts, no palette, no menus", (entry) => {
  const { packages } = staticImports(join(source, entry));
  const users = (name: string) => [...(packages.get(name) ?? [])];
  expect(["zod", "sonner", "cmdk"].flatMap(users)).toEqual([]);
  expect(users("radix-ui").filter((file) => !RADIX_AT_ONCE.includes(file))).toEqual([]);
});

it.each(["hub/hub-app.tsx", "client/index.ts"])("%s never reaches into the engine or the server", (entry) => {
  const { files } = staticImports(join(source, entry));
  const outside = [...files]
    .map((file) => relative(source, file))
    .filter((file) => /^(engine|server|khotan|app)\//.test(file));
  expect(outside).toEqual([]);
});
