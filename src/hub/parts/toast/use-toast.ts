import { createContext, useContext } from "react";

export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

export interface ToastOptions {
  /** One toast at a time per subject. */
  readonly id?: string;
  readonly action?: ToastAction;
}

export interface Toasts {
  /** Say that something is done. */
  readonly done: (text: string, options?: ToastOptions) => void;
  /** Say that it is not; stays until it is closed. */
  readonly error: (error: Error) => void;
}

export const ToastContext = createContext<Toasts | null>(null);

/** @throws Error outside of `<ToastProvider>`. */
export function useToast(): Toasts {
  const toasts = useContext(ToastContext);
  if (!toasts) throw new Error("useToast is used outside of <ToastProvider>");
  return toasts;
}
