"use client";

import { type ComponentProps, useState } from "react";
import { useTranslations } from "use-intl";
import { Icon } from "../../components/ui/icon.tsx";
import { BareInput, InputGroup } from "../../components/ui/input.tsx";

/** A password that can be looked at while it is typed. */
export function PasswordField(props: ComponentProps<typeof BareInput>) {
  const t = useTranslations("access");
  const [visible, setVisible] = useState(false);
  return (
    <InputGroup className="h-9.5 px-3 text-md">
      <BareInput {...props} type={visible ? "text" : "password"} spellCheck={false} autoCapitalize="none" />
      <button
        type="button"
        aria-label={t(visible ? "hidePassword" : "showPassword")}
        aria-pressed={visible}
        onClick={() => setVisible(!visible)}
        className="rounded-xs text-faint-foreground hit hover:text-foreground"
      >
        <Icon name={visible ? "eye-off" : "eye"} />
      </button>
    </InputGroup>
  );
}
