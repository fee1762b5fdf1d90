"use client";

import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import { IntlProvider, type Messages } from "use-intl";
import { PortalRootProvider } from "../../components/ui/portal-root.tsx";
import { TooltipProvider } from "../../components/ui/tooltip.tsx";
import { COOKIES, remember, type SidebarState, type Theme } from "./preferences.ts";

interface Preferences {
  readonly theme: Theme;
  readonly setTheme: (theme: Theme) => void;
  readonly sidebar: SidebarState;
  readonly setSidebar: (state: SidebarState) => void;
}

const Context = createContext<Preferences | null>(null);

interface KhotanRootClientProps {
  readonly className: string;
  readonly locale: string;
  readonly messages: Messages;
  readonly theme: Theme;
  readonly sidebar: SidebarState;
  readonly children: ReactNode;
}

export function KhotanRootClient({ className, locale, messages, children, ...initial }: KhotanRootClientProps) {
  const [theme, setTheme] = useState(initial.theme);
  const [sidebar, setSidebar] = useState(initial.sidebar);
  const preferences = useMemo<Preferences>(
    () => ({
      theme,
      sidebar,
      setTheme: (next) => {
        remember(COOKIES.theme, next);
        setTheme(next);
      },
      setSidebar: (next) => {
        remember(COOKIES.sidebar, next);
        setSidebar(next);
      },
    }),
    [theme, sidebar],
  );
  return (
    <div className={`khotan ${className}`} lang={locale} data-theme={theme} data-sidebar={sidebar}>
      {/* Times are formatted by parts/time, in the viewer's zone; use-intl only wants one to be named. */}
      <IntlProvider locale={locale} messages={messages} timeZone="UTC">
        <Context value={preferences}>
          <TooltipProvider>
            <PortalRootProvider>{children}</PortalRootProvider>
          </TooltipProvider>
        </Context>
      </IntlProvider>
    </div>
  );
}

export function usePreferences(): Preferences {
  const preferences = useContext(Context);
  if (!preferences) throw new Error("usePreferences is used outside of <KhotanRoot>");
  return preferences;
}
