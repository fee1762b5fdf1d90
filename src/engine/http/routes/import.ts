import { importPlug } from "../../import/import-plug.ts";
import type { Handlers } from "../route-handler.ts";

export const importRoutes: Pick<Handlers, "importPlug"> = {
  importPlug: ({ body }) => importPlug(body),
};
