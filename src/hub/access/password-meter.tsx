"use client";

import { useTranslations } from "use-intl";
import { cn } from "../../components/ui/cn.ts";
import { PASSWORD_MIN, passwordStrength } from "./password-strength.ts";

/** How long it is, and four bars. */
export function PasswordMeter({ password }: { password: string }) {
  const t = useTranslations("access");
  const bars = passwordStrength(password);
  return (
    <>
      <p className="text-xs text-muted-foreground tabular-nums">
        {t("passwordHint", { count: [...password].length, min: PASSWORD_MIN })}
      </p>
      <div aria-hidden="true" className="grid grid-cols-4 gap-1 pt-0.5">
        {[1, 2, 3, 4].map((bar) => (
          <i
            key={bar}
            className={cn(
              "h-0.75 rounded-full bg-border-strong transition-colors duration-160",
              bar <= bars && (bars === 1 ? "bg-st-partial" : "bg-st-succeeded"),
            )}
          />
        ))}
      </div>
    </>
  );
}
