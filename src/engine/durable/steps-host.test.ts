import { expect, test } from "vitest";
import { findStepsHost, hasStepsHost, offerSteps, type StepsHost } from "./steps-host.ts";

const host = (): StepsHost => ({
  open: () => Promise.reject(new Error("not asked")),
  openFlow: () => Promise.reject(new Error("not asked")),
});

test("the hub offered last opens the steps; a retired one goes on until another comes", () => {
  const [first, second] = [host(), host()];
  const retireFirst = offerSteps(first);
  expect(hasStepsHost()).toBe(true);
  retireFirst();
  expect(hasStepsHost()).toBe(false);
  expect(findStepsHost()).toBe(first);
  offerSteps(second);
  expect(findStepsHost()).toBe(second);
  retireFirst();
  expect(hasStepsHost()).toBe(true);
});
