import type { ReactNode } from "react";
import type { KhotanApiError } from "../../../client/index.ts";
import { Note } from "../note.tsx";
import { RUN_LOOKS } from "../status/status-looks.ts";

interface RefusedNoteProps {
  readonly error: KhotanApiError | null;
  /** A way out of it. */
  readonly children?: ReactNode;
}

/** Why the server did not take what was filled in; it stays there, to be mended. */
export function RefusedNote({ error, children }: RefusedNoteProps) {
  if (!error) return null;
  return (
    <Note look={RUN_LOOKS.failed} role="alert">
      <p className="font-medium [overflow-wrap:anywhere]">{error.message}</p>
      {error.hint && <p className="text-xs">{error.hint}</p>}
      {error.issues.map(({ path, message }) => (
        <p key={`${path} ${message}`} className="text-xs">
          <code>{path}</code> {message}
        </p>
      ))}
      {children}
    </Note>
  );
}
