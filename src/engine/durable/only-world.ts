import { getWorld, getWorldHandlers, setWorld } from "workflow/runtime";

type World = ReturnType<typeof getWorld>;

/**
 * Workflow's routes made themselves a world when they were loaded, and the rest of it would make a second one: twice
 * the connections, and one half that nobody closes. This makes the first one everybody's.
 */
export const onlyWorld = (): World => {
  const made = getWorldHandlers();
  if (isWorld(made)) setWorld(made);
  return getWorld();
};

const isWorld = (made: object): made is World => "runs" in made && "queue" in made;
