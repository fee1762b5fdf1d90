"use client";

import { lazy, type ReactNode, Suspense, useMemo, useState } from "react";
import { ToastContext, type Toasts } from "./use-toast.ts";

const loadSonner = () => import("sonner");
const loadCard = () => import("./toast-card.tsx");
const Toaster = lazy(async () => ({ default: (await import("../../../components/ui/toaster.tsx")).Toaster }));

/** Where toasts come from. What draws them is loaded with the first one. */
export function ToastProvider({ label, children }: { label: string; children: ReactNode }) {
  const [wanted, setWanted] = useState(false);
  const toasts = useMemo<Toasts>(() => {
    const say = async (...[options, props]: SayArguments) => {
      setWanted(true);
      const [{ toast }, { ToastCard }] = await Promise.all([loadSonner(), loadCard()]);
      toast.custom((key) => <ToastCard {...props} onClose={() => toast.dismiss(key)} />, options);
    };
    return {
      done: (text, { id, action } = {}) =>
        void say({ ...(id === undefined ? {} : { id }), duration: action ? 8_000 : 4_000 }, { text, action }),
      error: (error) =>
        void say({ id: `error:${error.message}`, duration: Number.POSITIVE_INFINITY }, { text: error.message, error }),
    };
  }, []);
  return (
    <ToastContext value={toasts}>
      {children}
      {wanted && (
        <Suspense>
          <Toaster label={label} />
        </Suspense>
      )}
    </ToastContext>
  );
}

type SayArguments = [
  options: { readonly id?: string; readonly duration: number },
  props: Omit<Parameters<Awaited<ReturnType<typeof loadCard>>["ToastCard"]>[0], "onClose">,
];
