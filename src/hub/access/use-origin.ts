import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** Where this page was loaded from; empty while rendering on the server. */
export const useOrigin = (): string =>
  useSyncExternalStore(
    never,
    () => window.location.origin,
    () => "",
  );
