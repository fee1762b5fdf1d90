import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

/** Knows our own scales, so that `text-md` is taken for a size and not for a colour. */
const merge = extendTailwindMerge({
  extend: {
    theme: { text: ["2xs", "xs", "sm", "md", "lg", "xl"], radius: ["xs", "sm", "md", "lg", "full"] },
    classGroups: {
      h: ["h-control", "h-control-sm"],
      size: ["size-control", "size-control-sm"],
      px: ["px-gutter"],
    },
  },
});

/** Join class names; of two that contradict each other the later wins. */
export const cn = (...inputs: ClassValue[]): string => merge(clsx(inputs));
