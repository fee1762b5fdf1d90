import { expect, it } from "vitest";
import { readTenants } from "./read-tenants.ts";

it.each([
  ["acme", ["acme"]],
  [" acme,globex  acme ", ["acme", "globex"]],
  ["", undefined],
  [" , ", undefined],
  ["acme, <b>", undefined],
])("%j", (text, expected) => expect(readTenants(text)).toEqual(expected));
