import { Kbd } from "../../../components/ui/kbd.tsx";

const NAMES: Record<string, string> = { mod: "⌘", shift: "⇧", Escape: "Esc", Enter: "↵", ArrowUp: "↑", ArrowDown: "↓" };

/** A shortcut as keys to be seen: `mod+k` is ⌘K, `g r` is two keys. */
export function KeyHint({ keys, className }: { keys: string; className?: string }) {
  return (
    <span className={className ? `inline-flex gap-0.5 ${className}` : "inline-flex gap-0.5"} aria-hidden="true">
      {keys.split(" ").map((stroke) => (
        <Kbd key={stroke}>
          {stroke
            .split("+")
            .map((part) => NAMES[part] ?? (part.length === 1 && stroke.includes("+") ? part.toUpperCase() : part))
            .join("")}
        </Kbd>
      ))}
    </span>
  );
}
