import { createContext, useContext } from "react";

/** How to open the command palette, for whoever has a button for it. */
export const OpenPalette = createContext<() => void>(() => undefined);

export const useOpenPalette = (): (() => void) => useContext(OpenPalette);
