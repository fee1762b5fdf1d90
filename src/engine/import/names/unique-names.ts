/**
 * Gives each name out once: a name that is taken gets a number.
 *
 * @example const unique = uniqueNames(["Date"]); unique("Date") // "Date2"
 */
export function uniqueNames(taken: Iterable<string> = []): (wanted: string) => string {
  const used = new Set(taken);
  const next = new Map<string, number>();
  return (wanted) => {
    let name = wanted;
    for (let number = next.get(wanted) ?? 2; used.has(name); number++) {
      name = `${wanted}${number}`;
      next.set(wanted, number + 1);
    }
    used.add(name);
    return name;
  };
}
