import type { Edit } from "../edit/register.ts";
import type { Origin } from "../generate/manifest.ts";

/** A file that is to be there. */
export interface PlannedFile {
  /** From the project's root. */
  readonly path: string;
  readonly text: string;
  /** How to make it anew, for `khotan generate`; without one it is a beginning, and the app's own from then on. */
  readonly origin?: Origin;
}

/** A change of a file that is there. */
export interface PlannedEdit {
  readonly path: string;
  /** What a person writes when it cannot be done safely. */
  readonly byHand: string;
  readonly edit: (text: string) => Edit;
  /** A file that must export this, or the edit would break the app. */
  readonly needs?: { readonly path: string; readonly exported: string };
}

/** What `khotan add` is about to do. */
export interface AddPlan {
  readonly files: readonly PlannedFile[];
  readonly edits: readonly PlannedEdit[];
  /** Packages that the app must have, as npm installs them. */
  readonly packages?: readonly string[];
  readonly manual?: readonly ManualStep[];
  readonly notes?: readonly string[];
  readonly next: readonly string[];
}

/** Something only a person can do. */
export interface ManualStep {
  readonly about: string;
  readonly todo: string;
}
