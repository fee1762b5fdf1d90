import { githubSignature, wire } from "khotan";

/** Set up in a repository by a person. Source: https://docs.github.com/webhooks */
export const githubWire = wire({
  events: ["*"],
  verify: githubSignature(),
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
