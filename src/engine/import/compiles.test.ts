import { describe, expect, it } from "vitest";
import { plugFromCurl } from "./curl/plug-from-curl.ts";
import { plugFromOpenApi } from "./openapi/plug-from-openapi.ts";
import { biomeProblems } from "./testing/biome.ts";
import { shopDocument } from "./testing/documents.ts";
import { githubDocument } from "./testing/github-document.ts";
import { hardDocument } from "./testing/hard-document.ts";
import { typeErrors } from "./testing/type-errors.ts";

const CHOSEN = [
  "repos/get",
  "GET /user",
  "issues/create",
  "issues/list-for-repo",
  "actions/list-workflow-runs-for-repo",
  "repos/upload-release-asset",
];

/** How somebody would use the shop's plug; every second line must not compile. */
const USE = `import type { BoundPlugOf } from "khotan";
import { acme } from "./shop.ts";

export async function use(plug: BoundPlugOf<typeof acme>) {
  const answer = await plug.call("ordersGet", { params: { orderId: "1" } });
  const total: number = answer.status === 200 ? answer.body.total : answer.body.message.length;
  // @ts-expect-error a 404 has no total
  answer.body.total;
  const made = await plug.call("customersCreate", { body: { email: "a@b.example", friends: [{ email: "c@d.example" }] } });
  const born: string | null | undefined = made.body.friends?.[0]?.born;
  // @ts-expect-error the id is read-only
  await plug.call("customersCreate", { body: { email: "a@b.example", id: "1" } });
  // @ts-expect-error there is no such operation
  await plug.call("ordersDelete");
  for await (const order of plug.callPaged("ordersList", { query: { limit: 5 } })) {
    const status: "open" | "paid" | "sent" = order.status;
    // @ts-expect-error no such status
    if (order.status === "lost") return null;
    if (status === "paid") return plug.vars.baseUrl.length;
  }
  return { total, born };
}
`;

describe("generated plugs", () => {
  it("compile under strict settings, typed to the last field, and leave nothing to format or to lint", {
    timeout: 120_000,
  }, () => {
    const files = {
      "shop.ts": plugFromOpenApi(shopDocument).code,
      "hard.ts": plugFromOpenApi(hardDocument).code,
      "github-few.ts": plugFromOpenApi(githubDocument(), { only: CHOSEN, check: "warn" }).code,
      "stripe-curl.ts": plugFromCurl(
        `curl https://api.stripe.com/v1/customers -u sk_test_x: -d "metadata[id]=1" -d "expand[]=a"`,
      ).code,
      "cookie-curl.ts": plugFromCurl(`curl 'https://a.example/x?key=1' -b 'a=1' -H 'X-Token: 1' -u me:pw`).code,
      "variable-curl.ts": plugFromCurl(
        `curl "$BASE/v1/users/$ID" -H "X-Api-Key: $KEY" --json '{"a": [1, null, {"b": "c"}]}' -H 'X-A: b'`,
      ).code,
    };
    expect(typeErrors({ ...files, "use.ts": USE })).toEqual([]);
    for (const code of Object.values(files)) expect(biomeProblems(code)).toBe("");
  });
});
