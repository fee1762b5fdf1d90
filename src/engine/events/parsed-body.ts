/** What could be made of a body. What is neither JSON nor a form has no payload: `null`. */
export interface ParsedBody {
  readonly payload: unknown;
  readonly format: "json" | "form" | "text" | "empty" | "unparsable";
}
