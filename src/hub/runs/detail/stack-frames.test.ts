import { expect, it } from "vitest";
import { stackFrames } from "./stack-frames.ts";

it("keeps who and where, without the machine's folders", () => {
  const stack = [
    "SlackError: no channel",
    "    at postMessage (/srv/app/src/khotan/passes/slack.ts:41:13)",
    "    at async run (file:///srv/app/src/khotan/run.ts:22:9)",
    "    at /srv/app/node_modules/x/index.js:1:2",
    "    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)",
  ].join("\n");
  expect(stackFrames(stack)).toEqual([
    { name: "postMessage", place: "src/khotan/passes/slack.ts:41:13" },
    { name: "async run", place: "src/khotan/run.ts:22:9" },
    { name: "", place: "node_modules/x/index.js:1:2" },
    { name: "process.processTicksAndRejections", place: "node:internal/process/task_queues:105:5" },
  ]);
});

it("finds nothing in text that is no stack", () => expect(stackFrames("boom")).toEqual([]));
