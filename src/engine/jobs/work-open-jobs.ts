import { asc, eq } from "drizzle-orm";
import type { Engine } from "../context.ts";
import { jobs } from "../database/schema/index.ts";
import { workJob } from "./work-job.ts";

/** Go on with the open jobs here, the oldest first, where no worker does. */
export async function workOpenJobs(engine: Engine, budgetMs: number): Promise<void> {
  const deadline = performance.now() + budgetMs;
  const open = await engine.adapter.db
    .select({ id: jobs.id })
    .from(jobs)
    .where(eq(jobs.status, "running"))
    .orderBy(asc(jobs.id))
    .limit(20);
  for (const { id } of open) {
    const left = deadline - performance.now();
    if (left <= 0) return;
    await workJob(engine, id, { budgetMs: left });
  }
}
