import { KhotanConfigError } from "../errors.ts";

/**
 * A function that was not compiled as a workflow builds silently and fails only
 * when started; so it is refused here, with the form that works.
 *
 * @throws KhotanConfigError
 */
export function assertWorkflowCompiled(kind: string, name: string, workflow: unknown, contextType: string): void {
  if (typeof workflow === "function" && "workflowId" in workflow) return;
  const identifier = name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  throw new KhotanConfigError([
    {
      path: `${kind}.${name}.workflow`,
      message: [
        "The function was not compiled as a workflow. Write it at the top level of its own file, with the directive on its own line:",
        "",
        `    export async function ${identifier}(ctx: ${contextType}) {`,
        '      "use workflow";',
        "      …",
        "    }",
        "",
        `and pass it by name: workflow: ${identifier}.`,
      ].join("\n"),
    },
  ]);
}
