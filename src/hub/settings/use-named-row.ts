import { parseAsString, useQueryState } from "nuqs";
import { type RefObject, useEffect, useRef } from "react";

/**
 * Whether a row is the one that the address names (`?id=usr_…`), as a pasted id leads to it. It is then scrolled to.
 *
 * @example const { ref, named } = useNamedRow<HTMLLIElement>(user.id);
 */
export function useNamedRow<E extends HTMLElement>(id: string): { ref: RefObject<E | null>; named: boolean } {
  const [wanted] = useQueryState("id", parseAsString);
  const ref = useRef<E>(null);
  const named = wanted === id;
  useEffect(() => {
    if (named) ref.current?.scrollIntoView({ block: "nearest" });
  }, [named]);
  return { ref, named };
}
