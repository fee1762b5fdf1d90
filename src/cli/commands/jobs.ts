import { type CommandGroup, openContext } from "../command-context.ts";
import { ago } from "../moment.ts";
import { noteMore, type Paging, pagingOptions } from "../paging-options.ts";

/** `khotan jobs list|cancel` */
export const jobsCommands: CommandGroup = (program, terminal) => {
  const jobs = program
    .command("jobs")
    .summary("see and stop work on many rows")
    .description("Replays and retries of many rows.\n\nExample: khotan jobs");

  pagingOptions(jobs.command("list", { isDefault: true }))
    .summary("jobs, newest first")
    .description("Lists jobs with their progress.\n\nExample: khotan jobs list -n 5")
    .action(async ({ limit, cursor }: Paging, command) => {
      const context = await openContext(command, terminal);
      const answer = await context.client.listJobs({ query: { limit, cursor } });
      context.show(answer, ({ items }) =>
        context.table(items, [
          { title: "JOB", value: (job) => job.id, keep: true },
          { title: "KIND", value: (job) => job.kind },
          { title: "STATUS", value: (job) => job.status },
          { title: "DONE", value: (job) => `${job.done}/${job.totalEstimated ? "~" : ""}${job.total}` },
          { title: "FAILED", value: (job) => job.failed },
          { title: "AGE", value: (job) => ago(job.createdAt) },
          { title: "BY", value: (job) => job.actor },
        ]),
      );
      noteMore(context, answer.page);
    });

  jobs
    .command("cancel")
    .argument("<id>")
    .summary("stop a job")
    .description("Ends a job between two batches; what it has done stays.\n\nExample: khotan jobs cancel job_…")
    .action(async (id: string, _, command) => {
      const context = await openContext(command, terminal);
      context.show(await context.client.cancelJob({ params: { id } }), (job) =>
        context.line(`${job.id} ${job.status}`),
      );
    });
};
