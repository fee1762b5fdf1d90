import fc from "fast-check";
import { expect, it } from "vitest";
import { keyAccess } from "./key-access.ts";

const KEY = "a-key-of-forty-eight-characters-or-thereabouts-x";
const access = keyAccess({ key: KEY });
const request = (headers: Record<string, string> = {}) => new Request("http://app.test/api/khotan/plugs", { headers });
const post = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  access.POST(new Request("http://app.test/sign-in", { method: "POST", body: new URLSearchParams(fields), headers }));

it("lets nobody in without the key, and nobody at all without one being set", () => {
  expect(access.authorize(request())).toBe(false);
  expect(access.authorize(request({ authorization: "Bearer wrong" }))).toBe(false);
  expect(access.authorize(request({ cookie: `khotan-key=${KEY}` }))).toBe(false);
  expect(keyAccess({ key: "" }).authorize(request({ authorization: "Bearer " }))).toBe(false);
});

it("takes the key from scripts, and from a browser that gave it once", async () => {
  expect(access.authorize(request({ authorization: `Bearer ${KEY}` }))).toMatchObject({ role: "admin", tenants: "*" });
  const answer = await post({ key: KEY, next: "/hub/runs?status=failed" });
  expect(answer.status).toBe(303);
  expect(answer.headers.get("location")).toBe("/hub/runs?status=failed");
  const cookie = answer.headers.get("set-cookie") ?? "";
  expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
  expect(cookie).not.toContain(KEY);
  const sent = cookie.split(";")[0] ?? "";
  expect(access.authorize(request({ cookie: `theme=dark; ${sent}` }))).toMatchObject({ role: "admin" });
  expect(keyAccess({ key: `${KEY}2` }).authorize(request({ cookie: sent }))).toBe(false);
});

it("keeps the cookie to https where the browser came by https", async () => {
  expect((await post({ key: KEY })).headers.get("set-cookie")).not.toContain("Secure");
  expect((await post({ key: KEY }, { "x-forwarded-proto": "https" })).headers.get("set-cookie")).toContain("Secure");
});

it("asks again for a wrong key, and keeps where one wanted to go", async () => {
  const answer = await post({ key: "wrong", next: "/hub/events" });
  expect(answer.status).toBe(401);
  expect(answer.headers.get("set-cookie")).toBeNull();
  expect(await answer.text()).toContain('value="/hub/events"');
});

it("never leads to another site, whatever the address asks for", async () => {
  const elsewhere = fc.oneof(
    fc.webUrl(),
    fc.string(),
    fc.string().map((text) => `/${text}`),
    fc.constant("/\\evil.example"),
  );
  await fc.assert(
    fc.asyncProperty(elsewhere, async (next) => {
      const target = (await post({ key: KEY, next })).headers.get("location") ?? "";
      expect(new URL(target, "http://app.test").origin).toBe("http://app.test");
    }),
  );
});

it("writes what it was given as text, not as markup", async () => {
  const page = access.GET(new Request(`http://app.test/sign-in?next=${encodeURIComponent('/"><script>')}`));
  expect(await page.text()).not.toContain("<script>");
});
