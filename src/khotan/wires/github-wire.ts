import { githubSignature, wire } from "khotan";
import { listMissedDeliveries } from "./list-missed-deliveries.ts";

/** Set up in a repository by a person. Source: https://docs.github.com/webhooks */
export const githubWire = wire({
  events: ["*"],
  verify: githubSignature(),
  vars: [
    {
      key: "source",
      label: "Repository or organisation",
      type: "text",
      help: "Where the webhook is set up, e.g. owner/repository. With it, what GitHub could not deliver is fetched after a downtime; the token must be allowed to read webhooks.",
    },
  ],
  listMissed: listMissedDeliveries,
  listMissedNeeds: ["source"],
  guide: [
    { title: "Open Settings, Webhooks in the repository", text: "Or in the organisation, for all its repositories." },
    { title: "Add a webhook with the callback URL", text: "Content type application/json." },
    { title: "Make up a secret and paste it there and here", text: "For example the output of: openssl rand -hex 32" },
    {
      title: "Choose the events",
      text: "Pushes, issues, pull requests and releases are kept by name, everything else too.",
    },
  ],
});
