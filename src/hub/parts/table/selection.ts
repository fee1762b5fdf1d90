/** Rows a person chose: by id, or everything the list's filter finds. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** Everything that matches, also what is not loaded; `ids` are then left out of account. */
  readonly all: boolean;
  /** Where a range with Shift begins. */
  readonly anchor: string | null;
}

export const NOTHING: Selection = { ids: new Set(), all: false, anchor: null };

/** Choose one row, or let go of it. Of "all" every loaded row is left but this one. */
export function toggleRow(selection: Selection, id: string, rows: readonly string[]): Selection {
  const ids = new Set(selection.all ? rows : selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, all: false, anchor: id };
}

/** Choose every row from where the last choice was made to this one. */
export function selectRange(selection: Selection, id: string, rows: readonly string[]): Selection {
  const from = selection.anchor === null ? -1 : rows.indexOf(selection.anchor);
  const to = rows.indexOf(id);
  if (from < 0 || to < 0) return toggleRow(selection, id, rows);
  const range = rows.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: new Set([...(selection.all ? rows : selection.ids), ...range]), all: false, anchor: id };
}

/** Every loaded row, or none when these are all chosen. */
export function toggleLoaded(selection: Selection, rows: readonly string[]): Selection {
  return loadedState(selection, rows) === true ? NOTHING : { ids: new Set(rows), all: false, anchor: null };
}

/** What the box in the table's head shows. */
export function loadedState(selection: Selection, rows: readonly string[]): boolean | "indeterminate" {
  if (selection.all) return true;
  if (selection.ids.size === 0) return false;
  return rows.length > 0 && rows.every((id) => selection.ids.has(id)) ? true : "indeterminate";
}

export const isSelected = (selection: Selection, id: string): boolean => selection.all || selection.ids.has(id);
export const isEmpty = (selection: Selection): boolean => !selection.all && selection.ids.size === 0;
