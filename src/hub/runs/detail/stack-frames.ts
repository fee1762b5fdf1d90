export interface StackFrame {
  readonly name: string;
  readonly place: string;
}

/**
 * Take a stack apart: "at postMessage (src/…/slack.ts:41:13)". Lines that are no frame (the message) are left out.
 */
export function stackFrames(stack: string): StackFrame[] {
  const frames: StackFrame[] = [];
  for (const line of stack.split("\n")) {
    const match = /^\s*at (?:(.+?) \((.+)\)|(.+))$/.exec(line);
    if (!match) continue;
    const [, name = "", inside, bare] = match;
    frames.push({ name, place: shorten(inside ?? bare ?? "") });
  }
  return frames;
}

/** From the project's own folder on: nobody needs the machine's. */
const shorten = (place: string): string =>
  place.replace(/^(?:file:\/\/)?.*?\/(?=(?:src|node_modules|\.next|dist)\/)/, "");
