import { bearer, fromVar, plug } from "khotan";

/** GitHub's REST API. Source: https://docs.github.com/rest */
export const github = plug({
  name: "github",
  label: "GitHub",
  description: "Repositories, issues, pull requests and releases.",
  docsUrl: "https://docs.github.com/rest",
  baseUrl: (vars) => vars.baseUrl,
  auth: bearer(fromVar("token")),
  headers: { accept: "application/vnd.github+json", "x-github-api-version": "2022-11-28", "user-agent": "khotan" },
  vars: [
    {
      key: "token",
      label: "Access token",
      type: "password",
      help: "Settings → Developer settings → Fine-grained tokens.",
    },
    { key: "baseUrl", label: "Base URL", type: "url", defaultValue: "https://api.github.com" },
  ],
});
