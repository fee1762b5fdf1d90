"use client";

import { createContext, useContext } from "react";

/** Where one is, when a room stands alone in a page of the host's: the address is the host's then. */
export interface PlaceHere {
  /** Below the Hub's base, e.g. `/events/evt_…`. */
  readonly path: string;
  readonly go: (to: string) => void;
}

const Context = createContext<PlaceHere | null>(null);

export const PlaceProvider = Context.Provider;

/** `null` in the Hub itself, where the address says where one is. */
export const usePlace = (): PlaceHere | null => useContext(Context);
