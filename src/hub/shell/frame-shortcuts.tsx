"use client";

import { useTranslations } from "use-intl";
import { NAV, NAV_FOOT } from "../rooms.tsx";
import { useNavigate } from "../routing/use-navigate.ts";
import { useShortcut } from "./keys/keys-provider.tsx";
import { usePreferences } from "./khotan-root-client.tsx";

/** The keys that work in every room. */
export function FrameShortcuts({ onPalette, onShortcuts }: { onPalette: () => void; onShortcuts: () => void }) {
  const t = useTranslations("shell");
  const { sidebar, setSidebar } = usePreferences();
  useShortcut({ keys: "mod+k", label: t("keys.palette"), group: "everywhere", run: onPalette });
  useShortcut({ keys: "?", label: t("keys.shortcuts"), group: "everywhere", run: onShortcuts });
  useShortcut({
    keys: "[",
    label: t("keys.sidebar"),
    group: "everywhere",
    run: () => {
      const folded = sidebar === "rail" || (sidebar === "auto" && window.matchMedia("(max-width: 1099px)").matches);
      setSidebar(folded ? "open" : "rail");
    },
  });
  return [...NAV, ...NAV_FOOT].map((entry) => (
    <RoomShortcut key={entry.id} keys={`g ${entry.key}`} to={entry.to} label={t(`room.${entry.id}`)} />
  ));
}

function RoomShortcut({ keys, to, label }: { keys: string; to: string; label: string }) {
  const navigate = useNavigate();
  useShortcut({ keys, label, group: "rooms", run: () => navigate(to) });
  return null;
}
