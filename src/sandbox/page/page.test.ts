import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox } from "../create-sandbox.ts";

describe("the page at /", () => {
  let sandbox: Sandbox;
  beforeEach(() => {
    sandbox = createSandbox({ publicUrl: "https://shop.example/" });
  });
  afterEach(() => sandbox.close());

  const post = (path: string, body: object) =>
    sandbox.app.request(path, { method: "POST", headers: { "x-api-key": "sandbox-key" }, body: JSON.stringify(body) });

  it("shows every door with its public address, and allows only its own style and script", async () => {
    const answer = await sandbox.app.request("/");
    const page = await answer.text();
    for (const text of ["sandbox-token", "sandbox-key", "sandbox-client-secret", "https://shop.example/products"])
      expect(page).toContain(text);
    const policy = answer.headers.get("content-security-policy") ?? "";
    const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1];
    expect(policy).toContain("default-src 'none'");
    expect(page.match(/nonce="([^"]+)"/g)).toEqual([`nonce="${nonce}"`, `nonce="${nonce}"`]);
    expect(page).not.toMatch(/(src|href)="(?!data:,)/);
  });

  it("shows what clients wrote as text, never as markup", async () => {
    await post("/messages", { text: "<img src=x onerror=alert(1)>", from: '"><script>' });
    const part = await (await sandbox.app.request("/_page/activity")).text();
    expect(part).toContain("&lt;img src=x");
    expect(part).not.toContain("<script>");
  });

  it("shows a subscription without its secret and without the secrets in its URL", async () => {
    const url = "http://127.0.0.1:9/hook?token=hunter3";
    const { secret } = JSON.parse(await (await post("/webhooks", { url, events: ["order.paid"] })).text());
    const part = await (await sandbox.app.request("/_page/activity")).text();
    expect(part).toContain("http://127.0.0.1:9/hook?…");
    for (const hidden of ["hunter3", secret]) expect(part).not.toContain(hidden);
  });
});
