import type { IconName } from "../../components/ui/icon.tsx";
import type { Theme } from "./preferences.ts";

export const THEME_ICONS: Record<Theme, IconName> = { light: "sun", dark: "moon", system: "monitor" };
