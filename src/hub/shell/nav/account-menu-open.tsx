"use client";

import { DropdownMenu, DropdownMenuContent, DropdownMenuTrigger } from "../../../components/ui/dropdown-menu.tsx";
import type { OverlayProps } from "../../parts/lazy-overlay.tsx";
import { AccountItems } from "./account-items.tsx";

export default function AccountMenuOpen({ trigger }: OverlayProps) {
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
      <DropdownMenuContent align="start" side="top" className="w-52">
        <AccountItems />
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
