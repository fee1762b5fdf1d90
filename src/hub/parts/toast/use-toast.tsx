"use client";

import { useMemo } from "react";
import { toast as sonner } from "sonner";
import { KhotanApiError } from "../../../client/index.ts";
import { ToastCard } from "./toast-card.tsx";

export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

interface DoneOptions {
  /** One toast at a time per subject. */
  readonly id?: string;
  readonly action?: ToastAction;
}

/** Say that something is done, or that it is not. */
export function useToast() {
  return useMemo(
    () => ({
      done: (text: string, { id, action }: DoneOptions = {}) => {
        sonner.custom((key) => <ToastCard text={text} action={action} onClose={() => sonner.dismiss(key)} />, {
          ...(id === undefined ? {} : { id }),
          duration: action ? 8_000 : 4_000,
        });
      },
      /** Stays until it is closed. */
      error: (error: Error) => {
        const known = error instanceof KhotanApiError ? error : undefined;
        const id = `error:${known?.code ?? error.message}`;
        sonner.custom(
          (key) => (
            <ToastCard
              failed
              text={error.message}
              hint={known?.hint}
              requestId={known?.requestId}
              onClose={() => sonner.dismiss(key)}
            />
          ),
          { id, duration: Number.POSITIVE_INFINITY },
        );
      },
    }),
    [],
  );
}
