import { plugNameSchema } from "../../../contract/index.ts";
import { KhotanError } from "../../errors.ts";
import { kebabCase, words } from "../names/words.ts";

/** Words in titles that say nothing about whose API it is. */
const NOISE = new Set(
  "api apis rest restful http openapi swagger specification spec public private official reference the a an for of documentation docs web service services v".split(
    " ",
  ),
);
/** Labels of hosts that say nothing either. */
const SECOND_LEVEL = new Set(["co", "com", "org", "net", "gov", "ac", "edu"]);

/**
 * A plug's name from the title of an API, and from where it lives.
 *
 * @example plugNameFrom("GitHub v3 REST API", "https://api.github.com") // "github"
 */
export function plugNameFrom(title: string | undefined, url: string | undefined): string {
  const host = url === undefined ? undefined : hostName(url);
  if (host !== undefined && (title === undefined || words(title).join("").includes(host.replaceAll("-", ""))))
    return host;
  const kept = words((title ?? "").replace(/open\s*api/gi, " ")).filter(
    (word) => !NOISE.has(word) && !/^v?\d+$/.test(word),
  );
  return trimmed(kept.slice(0, 3).join("-")) ?? host ?? "api";
}

/**
 * What a host is known by.
 *
 * @example hostName("https://api.acme.co.uk") // "acme"
 */
export function hostName(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { hostname } = new URL(url);
  if (hostname === "localhost" || /^[\d.]+$|:/.test(hostname)) return undefined;
  const labels = hostname.split(".");
  const at = labels.length > 2 && SECOND_LEVEL.has(labels.at(-2) ?? "") ? -3 : -2;
  return trimmed(kebabCase(labels.at(at) ?? labels[0] ?? ""));
}

const trimmed = (name: string): string | undefined => {
  const short = name.slice(0, 40).replace(/^-+|-+$/g, "");
  return short === "" || RESERVED.has(short) ? undefined : short;
};

/** Names that mean something else in URLs. */
const RESERVED = new Set(["all", "default", "khotan", "new", "none"]);

/** @throws KhotanError when a name that somebody gave cannot be one */
export function checkedPlugName(name: string, code: "openapi_invalid" | "curl_invalid"): string {
  const checked = plugNameSchema.safeParse(name);
  if (checked.success) return name;
  const message = checked.error.issues[0]?.message ?? "is not a name";
  throw new KhotanError(code, `name: ${message}`, {
    hint: `"${kebabCase(name) || "my-api"}" would do.`,
    issues: [{ path: "name", message }],
  });
}
