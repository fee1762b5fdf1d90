/** What a page says that its code prints: by the line that prints, the text behind `// →`. */
export function promisedOutput(source: string): Map<number, string> {
  const promises = new Map<number, string>();
  for (const [index, line] of source.split("\n").entries()) {
    const promise = /console\.log\(.*\/\/ → (.*)$/.exec(line)?.[1];
    if (promise !== undefined) promises.set(index + 1, promise);
  }
  return promises;
}

/** Between what one line prints when it is run several times. */
export const SEPARATOR = " · ";
