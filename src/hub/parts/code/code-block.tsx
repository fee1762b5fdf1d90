import type { ReactNode } from "react";
import { cn } from "../../../components/ui/cn.ts";
import { CopyButton } from "../copy-button.tsx";

interface CodeBlockProps {
  /** What is copied. */
  readonly text: string;
  readonly label: string;
  /** The same text with colours, when plain is not enough. */
  readonly children?: ReactNode;
  readonly className?: string;
}

/** A command or a snippet, ready to be copied. */
export function CodeBlock({ text, label, children, className }: CodeBlockProps) {
  return (
    <div data-slot="code-block" className={cn("flex w-full min-w-0 items-start rounded-md border bg-muted", className)}>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard.
        tabIndex={0}
        className="focus-inset scroll-quiet min-w-0 flex-1 overflow-x-auto px-3 py-2 text-xs leading-4.75"
      >
        {children ?? text}
      </pre>
      <CopyButton text={text} label={label} className="m-1" />
    </div>
  );
}
