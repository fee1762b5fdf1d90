import type { AnyBoundPlug } from "../plugs/index.ts";

/**
 * A plug that says when a call fails, before whoever made the call learns of it:
 * what a step throws reaches its run as text, and everything else about it is lost.
 */
export function watchCalls(plug: AnyBoundPlug, onFailure: (error: unknown) => Promise<void>): AnyBoundPlug {
  return new Proxy(plug, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      return (...args: unknown[]): unknown => {
        const answer: unknown = Reflect.apply(value, target, args);
        if (!(answer instanceof Promise)) return answer;
        return answer.catch(async (error: unknown) => {
          await onFailure(error);
          throw error;
        });
      };
    },
  });
}
