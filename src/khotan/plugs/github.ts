import { bearer, fromVar, pagination, plug } from "khotan";
import { githubContract } from "./github/github-contract.ts";

/**
 * GitHub's REST API. Source: https://docs.github.com/rest
 *
 * @example for await (const issue of github.callPaged("listIssues", { params: { owner: "o", repo: "r" } })) …
 */
export const github = plug({
  name: "github",
  label: "GitHub",
  description: "Repositories, issues, pull requests and releases.",
  docsUrl: "https://docs.github.com/rest",
  baseUrl: (vars) => vars.baseUrl,
  auth: bearer(fromVar("token")),
  headers: { accept: "application/vnd.github+json", "x-github-api-version": "2022-11-28", "user-agent": "khotan" },
  // 5,000 an hour for a token, 100 at a time: an hour of this is 4,900.
  // Source: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
  rateLimit: { perMinute: 80, burst: 100 },
  concurrency: 50,
  pagination: pagination.linkHeader(),
  endpoints: githubContract.endpoints,
  vars: [
    {
      key: "token",
      label: "Access token",
      type: "password",
      help: "Settings → Developer settings → Fine-grained tokens.",
    },
    { key: "repository", label: "Repository", type: "text", help: "Whose issues are brought here: owner/name." },
    { key: "baseUrl", label: "Base URL", type: "url", defaultValue: "https://api.github.com" },
  ],
});
