import { exportName } from "../names.ts";
import type { Template } from "./template.ts";

/** Providers whose webhooks are signed in a way of their own, by the name their plug usually has. */
const SCHEMES: Readonly<Record<string, string>> = {
  github: "githubSignature",
  hubspot: "hubspotSignatureV3",
  linear: "linearSignature",
  paddle: "paddleSignature",
  sendgrid: "sendgridSignature",
  shopify: "shopifySignature",
  slack: "slackSignature",
  square: "squareSignature",
  stripe: "stripeSignature",
  twilio: "twilioSignature",
};

const OTHERS = `/**
 * Verified as Standard Webhooks says. Other providers: githubSignature, stripeSignature, slackSignature, shopifySignature …,
 * or hmacSignature({ header: "x-signature" }).
 */`;

const SAMPLES = ["github", "shopify", "slack", "stripe"];

export const wireTemplate: Template = ({ name, plug }) => {
  const own = Object.hasOwn(SCHEMES, plug.name) ? SCHEMES[plug.name] : undefined;
  const scheme = own ?? "standardWebhooks";
  const exported = exportName(name, "wire", ["wire", scheme]);
  const sample = SAMPLES.includes(plug.name) ? `${plug.name}` : `generic order.created --plug ${plug.name}`;
  return {
    module: `wires/${name}`,
    exported,
    to: { list: "wires", plug: plug.name },
    text: `import { ${[scheme, "wire"].sort().join(", ")} } from "khotan";

${own ? `/** Which webhooks come from ${plug.name}, and how they prove it. */` : OTHERS}
export const ${exported} = wire({
  events: ["*"],
  verify: ${scheme}(),
});
`,
    next: [`npx khotan wires connect ${plug.name} --var webhookSecret=…`, `npx khotan trigger ${sample}`],
  };
};
