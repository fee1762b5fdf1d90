/** Two letters for a person: "Mira Okafor" and "mira.okafor@halden.dev" are both MO. */
export function initials(name: string): string {
  const [local = name] = name.split("@");
  const words = local.split(/[\s._-]+/).filter((word) => word !== "");
  const [first = ""] = words;
  const last = words.length > 1 ? (words.at(-1) ?? "") : "";
  return (last ? first.slice(0, 1) + last.slice(0, 1) : first.slice(0, 2)).toUpperCase();
}
