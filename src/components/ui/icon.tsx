import type { SVGProps } from "react";
import { cn } from "./cn.ts";
import { ICONS, type IconName } from "./icon-paths.tsx";

export type { IconName };

export interface IconProps extends SVGProps<SVGSVGElement> {
  readonly name: IconName;
}

/** One drawing of the Hub's own 16-pixel set. Decorative: the words beside it carry the meaning. */
export function Icon({ name, className, ...props }: IconProps) {
  return (
    <svg
      data-slot="icon"
      aria-hidden="true"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={cn("size-4 shrink-0", className)}
      {...props}
    >
      {ICONS[name]}
    </svg>
  );
}
