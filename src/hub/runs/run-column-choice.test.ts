import { describe, expect, it } from "vitest";
import { shownColumns, toggleColumn, USUAL } from "./run-column-choice.ts";

describe("the columns of the runs", () => {
  it("are the usual ones unless somebody chose", () => {
    expect(shownColumns(null)).toEqual(USUAL);
    expect(shownColumns(["duration"])).toEqual(["status", "name", "duration"]);
  });

  it("keep their order, and are left out of the address when they are the usual ones again", () => {
    const more = toggleColumn(USUAL, "tenant");
    expect(more).toEqual(["status", "name", "id", "source", "plug", "tenant", "duration", "outcome", "started"]);
    expect(toggleColumn(more ?? [], "tenant")).toBeNull();
  });

  it("cannot lose what a run is told by", () => {
    expect(toggleColumn(USUAL, "status")).toBeNull();
    expect(shownColumns(toggleColumn(["status", "name", "id"], "id"))).toEqual(["status", "name"]);
  });
});
