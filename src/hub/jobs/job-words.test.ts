import { describe, expect, it } from "vitest";
import type { JobRecord } from "../../contract/index.ts";
import { jobReasons, jobShare, shownJobs } from "./job-words.ts";

const job = (id: string, status: JobRecord["status"] = "running"): JobRecord => ({
  id,
  kind: "runs.retry",
  status,
  filter: {},
  selected: null,
  handlerId: null,
  tenants: null,
  actor: "mira",
  total: 10,
  totalEstimated: false,
  done: 5,
  changed: 4,
  failed: 1,
  reasons: {},
  error: null,
  createdAt: "2026-01-01T00:00:00.000Z",
  updatedAt: "2026-01-01T00:00:00.000Z",
  finishedAt: null,
});

describe("a job's progress", () => {
  it("is a share, also when the total was guessed too low", () => {
    expect(jobShare(job("a"))).toBe(0.5);
    expect(jobShare({ ...job("a"), done: 30 })).toBe(1);
    expect(jobShare({ ...job("a"), total: 0, done: 0 })).toBe(0);
    expect(jobShare({ ...job("a", "succeeded"), total: 0, done: 0 })).toBe(1);
  });

  it("names reasons by how often they applied", () => {
    expect(jobReasons({ reasons: { running: 2, body_gone: 9, held: 2 } })).toEqual([
      ["body_gone", 9],
      ["held", 2],
      ["running", 2],
    ]);
  });

  it("is shown while it runs, and to whoever started it until it is put away", () => {
    const jobs = [job("mine", "succeeded"), job("others", "succeeded"), job("live"), job("away")];
    expect(shownJobs(jobs, new Set(["mine"]), new Set(["away"])).map(({ id }) => id)).toEqual(["mine", "live"]);
  });
});
