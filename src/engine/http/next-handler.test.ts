import { afterEach, expect, it, vi } from "vitest";
import { toNextJsHandler } from "./next-handler.ts";

afterEach(() => vi.unstubAllEnvs());

const HUB = "https://app.test/api/khotan";

/** Notes what it is asked, and accepts everything. */
function noting(status = 202) {
  const asked: string[] = [];
  const handler = async (request: Request) => {
    asked.push(`${request.method} ${request.url} ${request.headers.get("authorization")}`);
    return new Response(null, { status });
  };
  return { asked, handler };
}

it("passes every method on as it is", async () => {
  const { asked, handler } = noting();
  const route = toNextJsHandler(handler);
  for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"] as const)
    await route[method](new Request(`${HUB}/plugs`, { method }));
  expect(asked.map((one) => one.split(" ")[0])).toEqual(["GET", "POST", "PUT", "PATCH", "DELETE"]);
});

it("takes the GET of a cron job for what it means, with its own credentials", async () => {
  const { asked, handler } = noting();
  const { GET } = toNextJsHandler(handler);
  await GET(new Request(`${HUB}/cron`, { headers: { authorization: "Bearer s3cret" } }));
  await GET(new Request(`${HUB}/flows/cron-like`));
  expect(asked).toEqual([`POST ${HUB}/cron Bearer s3cret`, `GET ${HUB}/flows/cron-like null`]);
});

it("handles on Vercel what has just been accepted, and nothing else", async () => {
  vi.stubEnv("VERCEL", "1");
  vi.stubEnv("CRON_SECRET", "s3cret");
  const works: (() => Promise<unknown>)[] = [];
  const after = (work: () => Promise<unknown>) => void works.push(work);
  const post = (path: string) => new Request(`${HUB}${path}`, { method: "POST" });
  const refusing = noting(401);
  await toNextJsHandler(refusing.handler, { after }).POST(post("/webhook/shop"));
  const { asked, handler } = noting();
  const { POST } = toNextJsHandler(handler, { after });
  await POST(post("/flows/flw_1/start"));
  expect(works).toHaveLength(0);
  await POST(post("/webhook/shop/acme"));
  expect(works).toHaveLength(1);
  await works[0]?.();
  expect(asked.at(-1)).toBe(`POST ${HUB}/cron Bearer s3cret`);
  vi.stubEnv("VERCEL", "");
  await POST(post("/webhook/shop"));
  expect(works).toHaveLength(1);
});
