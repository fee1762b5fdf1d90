import { githubSignature, shopifySignature, slackSignature, standardWebhooks, stripeSignature } from "khotan";
import { describe, expect, it } from "vitest";
import { makeSample, PROVIDERS } from "./make-sample.ts";

const SCHEMES = {
  github: githubSignature(),
  stripe: stripeSignature(),
  slack: slackSignature(),
  shopify: shopifySignature(),
  generic: standardWebhooks(),
};
const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

describe.each(Object.entries(SCHEMES))("a sample of %s", (provider, scheme) => {
  it.each(Object.keys(PROVIDERS[provider]?.events ?? {}))("%s is signed as the hub checks it", (event) => {
    const { headers, body } = makeSample(provider, event, { secret: SECRET });
    const request = { method: "POST", url: "http://hub.test/", headers, body };
    expect(scheme.verify(request, [SECRET])).toMatchObject({ ok: true });
    expect(scheme.verify({ ...request, body: body.subarray(1) }, [SECRET])).toMatchObject({ ok: false });
    const { type, id } = scheme.identify(headers, JSON.parse(new TextDecoder().decode(body)));
    expect(type).toBe(event.replace("/", "."));
    expect(id).toBeTruthy();
    const again = makeSample(provider, event, { secret: SECRET });
    expect(scheme.identify(again.headers, JSON.parse(new TextDecoder().decode(again.body))).id).not.toBe(id);
  });
});

it("knows every provider it offers", () => {
  expect(Object.keys(PROVIDERS).sort()).toEqual(Object.keys(SCHEMES).sort());
});

it("puts one's own fields over the sample's", () => {
  const { body } = makeSample("github", "push", { data: { ref: "refs/heads/next" } });
  expect(JSON.parse(new TextDecoder().decode(body))).toMatchObject({
    ref: "refs/heads/next",
    repository: { name: "shop" },
  });
});

it("says what was probably meant", () => {
  expect(() => makeSample("gihub", "push", {})).toThrow(expect.objectContaining({ hint: 'Did you mean "github"?' }));
  expect(() => makeSample("github", "pussh", {})).toThrow(expect.objectContaining({ hint: 'Did you mean "push"?' }));
});
