"use client";

import { createContext, type ReactNode, useContext, useState } from "react";

const PortalRoot = createContext<HTMLElement | null>(null);

/** Gives menus, dialogs and tooltips a home inside the Hub's own root, where its tokens and styles hold. */
export function PortalRootProvider({ children }: { children: ReactNode }) {
  const [element, setElement] = useState<HTMLElement | null>(null);
  return (
    <PortalRoot value={element}>
      {children}
      <div ref={setElement} data-slot="portal-root" />
    </PortalRoot>
  );
}

/** The element to hand to a Radix `Portal` as `container`. */
export const usePortalRoot = (): HTMLElement | null => useContext(PortalRoot);
