"use client";

import { DropdownMenu, DropdownMenuContent, DropdownMenuTrigger } from "../../components/ui/dropdown-menu.tsx";
import type { OverlayProps } from "../parts/lazy-overlay.tsx";
import { ThemeItems } from "./nav/theme-items.tsx";

export default function ThemeMenuOpen({ trigger }: OverlayProps) {
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
      <DropdownMenuContent className="min-w-36">
        <ThemeItems />
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
