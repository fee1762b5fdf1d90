import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

const PARTS: Readonly<Record<string, string>> = {
  "config-page": "ConfigPage",
  "events-table": "EventsTable",
  "plug-debugger": "PlugDebugger",
  "runs-table": "RunsTable",
  "topology-canvas": "TopologyCanvas",
  "var-panel": "VarPanel",
  "wire-panel": "WirePanel",
};

/** A page of the host's own with every part that `khotan add` writes, as its next step says. */
export async function addParts(folder: string, source: string): Promise<void> {
  const imports = Object.entries(PARTS).map(
    ([file, name]) => `import { ${name} } from "../../components/khotan/${file}";`,
  );
  const shown = Object.values(PARTS).map(
    (name) => `      <${name}${/^(Var|Wire)/.test(name) ? ' plug="hello"' : ""} />`,
  );
  const text = `${imports.join("\n")}\n\nexport default function Page() {\n  return (\n    <main>\n${shown.join("\n")}\n    </main>\n  );\n}\n`;
  await mkdir(join(folder, source, "app", "parts"), { recursive: true });
  await writeFile(join(folder, source, "app", "parts", "page.tsx"), text);
}
