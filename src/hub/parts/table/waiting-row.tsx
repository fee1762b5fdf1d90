"use client";

import { Icon } from "../../../components/ui/icon.tsx";
import { KeyHint } from "../../shell/keys/key-hint.tsx";

interface WaitingRowProps {
  readonly span: number;
  readonly text: string;
  readonly show: () => void;
}

/** New rows wait at the edge until asked for; nothing moves under the pointer. */
export function WaitingRow({ span, text, show }: WaitingRowProps) {
  return (
    <tr>
      <td colSpan={span} className="h-8 border-b p-0 small:h-10">
        <button
          type="button"
          onClick={show}
          className="flex size-full items-center justify-center gap-1.5 text-xs font-medium text-primary-text focus-inset hover:bg-primary-soft"
        >
          <Icon name="arrow-up" className="size-3.5" />
          {text}
          <KeyHint keys="." className="small:hidden" />
        </button>
      </td>
    </tr>
  );
}
