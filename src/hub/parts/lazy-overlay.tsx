"use client";

import { cloneElement, type ReactElement, type ReactNode, Suspense, useState } from "react";

export interface OverlayProps {
  /** The element that opens it; the overlay wraps it and starts open. */
  readonly trigger: ReactElement<TriggerProps>;
}

interface TriggerProps {
  readonly onClick?: () => void;
  readonly onPointerEnter?: () => void;
  readonly "aria-haspopup"?: "menu" | "dialog";
  readonly "aria-expanded"?: boolean;
}

interface LazyOverlayProps extends OverlayProps {
  /** Renders a component made with `React.lazy`. */
  readonly children: (trigger: OverlayProps["trigger"]) => ReactNode;
  readonly kind?: "menu" | "dialog";
  /** Starts loading when the pointer comes near. */
  readonly load: () => unknown;
}

/** A button whose menu is loaded when it is first wanted: nobody waits for menus they do not open. */
export function LazyOverlay({ trigger, children, kind = "menu", load }: LazyOverlayProps) {
  const [wanted, setWanted] = useState(false);
  const closed = cloneElement(trigger, {
    "aria-haspopup": kind,
    "aria-expanded": false,
    onPointerEnter: () => void load(),
    onClick: () => setWanted(true),
  });
  if (!wanted) return closed;
  return <Suspense fallback={closed}>{children(trigger)}</Suspense>;
}
