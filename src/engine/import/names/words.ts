/**
 * The words in a name of any style, in lower case.
 *
 * @example words("repos/listForOrg_v2") // ["repos", "list", "for", "org", "v2"]
 */
export function words(name: string): string[] {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/['’]/g, "")
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .split(/[^A-Za-z\d]+/)
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** @example camelCase("repos/list-for-org") // "reposListForOrg" */
export function camelCase(name: string, whenEmpty = "api"): string {
  const [first = whenEmpty, ...rest] = words(name);
  return (/^\d/.test(first) ? `_${first}` : first) + rest.map(capital).join("");
}

/** @example pascalCase("simple-user") // "SimpleUser" */
export function pascalCase(name: string, whenEmpty = "Schema"): string {
  const text = words(name).map(capital).join("") || whenEmpty;
  return /^\d/.test(text) ? `_${text}` : text;
}

/** @example kebabCase("Acme CRM") // "acme-crm" */
export const kebabCase = (name: string): string => words(name).join("-");
