"use client";

import { useId, useState } from "react";
import { cn } from "../../../components/ui/cn.ts";
import { FieldValue } from "../conflicts/field-value.tsx";
import { matchPaths, type RecordPath } from "./record-paths.ts";

interface PathInputProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly paths: readonly RecordPath[];
  readonly placeholder?: string;
  readonly invalid: boolean;
  readonly disabled: boolean;
  readonly describedBy: string;
}

/** Where a value is, completed from what a real record has there. */
export function PathInput({
  label,
  value,
  onChange,
  paths,
  placeholder,
  invalid,
  disabled,
  describedBy,
}: PathInputProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState(false);
  const [active, setActive] = useState(-1);
  // What stands there already is no filter: one opens the list to see what else there is.
  const found = open ? matchPaths(paths, typed ? value : "", 50) : [];
  const shown = open && found.length > 0;
  const close = () => {
    setOpen(false);
    setActive(-1);
    setTyped(false);
  };
  const take = (path: string) => {
    onChange(path);
    close();
  };
  return (
    <div className="relative min-w-0">
      <input
        role="combobox"
        aria-label={label}
        aria-expanded={shown}
        aria-controls={`${id}list`}
        aria-autocomplete="list"
        aria-activedescendant={shown && active >= 0 ? `${id}${active}` : undefined}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        autoComplete="off"
        spellCheck={false}
        value={value}
        placeholder={placeholder}
        disabled={disabled}
        className="h-control-sm w-full min-w-0 rounded-sm border border-input bg-card px-2 font-mono text-xs shadow-xs input-focus placeholder:font-sans placeholder:text-faint-foreground aria-invalid:border-st-failed disabled:bg-muted disabled:text-muted-foreground"
        onChange={(event) => {
          onChange(event.target.value);
          setOpen(true);
          setTyped(true);
          setActive(-1);
        }}
        onClick={() => setOpen(true)}
        onBlur={close}
        onKeyDown={(event) => {
          if (event.key === "Escape" && shown) {
            event.stopPropagation();
            close();
          } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
            event.preventDefault();
            if (!open) setOpen(true);
            const step = event.key === "ArrowDown" ? 1 : -1;
            setActive((now) => (found.length === 0 ? -1 : (now + step + found.length) % found.length));
          } else if (event.key === "Enter") {
            event.preventDefault();
            const chosen = found[active];
            if (chosen) take(chosen.path);
          }
        }}
      />
      {shown && (
        <div
          id={`${id}list`}
          role="listbox"
          aria-label={label}
          tabIndex={-1}
          data-overlay=""
          className="scroll-quiet absolute top-full left-0 z-30 mt-1 max-h-64 w-80 max-w-[80vw] animate-in overflow-y-auto rounded-md border border-border-strong bg-popover p-1 shadow-lg"
        >
          {found.map(({ path, value: there }, index) => (
            <div
              key={path}
              id={`${id}${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              ref={index === active ? (element) => element?.scrollIntoView({ block: "nearest" }) : undefined}
              className={cn(
                "flex min-h-7 cursor-default items-center gap-3 rounded-sm px-2 small:min-h-10",
                index === active ? "bg-accent" : "hover:bg-accent",
              )}
              // Before the input loses the focus and closes the list.
              onPointerDown={(event) => {
                event.preventDefault();
                take(path);
              }}
            >
              <code className="shrink-0 text-xs">{path}</code>
              <span className="flex min-w-0 flex-1 justify-end text-muted-foreground">
                <FieldValue value={there} />
              </span>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
