"use client";

import { Toaster as Sonner } from "sonner";

/** Where toasts appear: bottom right, above the dock on small screens. They are drawn by `src/hub/parts/toast`. */
export function Toaster({ label }: { label: string }) {
  return (
    <Sonner
      position="bottom-right"
      containerAriaLabel={label}
      offset={{ bottom: 16, right: 16 }}
      mobileOffset={{ bottom: 68, left: 8, right: 8 }}
      gap={8}
      visibleToasts={4}
      toastOptions={{ unstyled: true, className: "w-full" }}
    />
  );
}
