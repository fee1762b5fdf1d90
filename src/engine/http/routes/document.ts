import { renderReference } from "../reference/render-reference.ts";
import type { Handlers } from "../route-handler.ts";

/** The API's description of itself; made when first asked for, since it takes some milliseconds and never changes. */
export function documentRoutes(
  makeDocument: () => Record<string, unknown>,
): Pick<Handlers, "getOpenApi" | "getReference"> {
  let document: Record<string, unknown> | null = null;
  const read = () => {
    document ??= makeDocument();
    return document;
  };
  return {
    getOpenApi: () => read(),
    getReference: ({ origin }) => {
      const { html, policy } = renderReference(read(), origin);
      return new Response(html, {
        headers: {
          "content-type": "text/html; charset=utf-8",
          "content-security-policy": policy,
          "referrer-policy": "no-referrer",
        },
      });
    },
  };
}
