import { PlugError, type PlugErrorDetails } from "./plug-error.ts";

/** A request or an answer does not have the declared shape. `issues` names every place, e.g. `body.items[0].price`. */
export class PlugSchemaError extends PlugError {
  static override readonly brand = "PlugSchemaError";

  /** `request`: nothing was sent. `response`: the other side answered something else than declared. */
  readonly side: "request" | "response";
  /** The status of the answer; `null` when nothing was sent. */
  readonly status: number | null;

  constructor(details: PlugErrorDetails & { readonly side: "request" | "response"; readonly status: number | null }) {
    super("PlugSchemaError", details);
    this.side = details.side;
    this.status = details.status;
  }
}
