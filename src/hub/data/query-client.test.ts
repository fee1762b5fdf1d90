import { QueryObserver } from "@tanstack/react-query";
import { expect, it, vi } from "vitest";
import { KhotanApiError } from "../../client/index.ts";
import { createQueryClient } from "./query-client.ts";

const error = (status: number) =>
  new KhotanApiError({ status, code: "internal", message: "Something broke.", requestId: "req_1" });

/** A read on screen that fails until it is mended. */
function watch(client: ReturnType<typeof createQueryClient>, name: string, status: number) {
  const state = { broken: true, asked: 0 };
  const observer = new QueryObserver(client, {
    queryKey: [name],
    queryFn: () => {
      state.asked++;
      return state.broken ? Promise.reject(error(status)) : Promise.resolve(name);
    },
  });
  const stop = observer.subscribe(() => undefined);
  const status_ = () => client.getQueryState([name])?.status;
  return { state, observer, stop, status: status_ };
}

it("asks for all that failed once one of them works again", async () => {
  const client = createQueryClient(() => undefined);
  const [runs, plugs, gone] = [watch(client, "runs", 500), watch(client, "plugs", 500), watch(client, "gone", 404)];
  await vi.waitFor(() => expect([runs, plugs, gone].map((one) => one.status())).toEqual(["error", "error", "error"]));

  plugs.state.broken = false;
  await runs.observer.refetch(); // fails again: nobody else is bothered
  expect([runs.state.asked, plugs.state.asked]).toEqual([2, 1]);

  runs.state.broken = false;
  await runs.observer.refetch();
  await vi.waitFor(() => expect(plugs.status()).toBe("success"));
  expect([runs.state.asked, plugs.state.asked, gone.state.asked]).toEqual([3, 2, 1]);
  for (const { stop } of [runs, plugs, gone]) stop();
});

it("says so when nobody is signed in any more", async () => {
  const out = vi.fn();
  const client = createQueryClient(out);
  const read = watch(client, "runs", 401);
  await vi.waitFor(() => expect(out).toHaveBeenCalledTimes(1));
  read.stop();
});
