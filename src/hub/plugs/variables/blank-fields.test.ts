import { expect, it } from "vitest";
import type { VariableField } from "../../../contract/index.ts";
import { blankFields } from "./blank-fields.ts";

const field: VariableField = {
  ...{ key: "apiKey", label: "Key", type: "password", secret: true, required: true, set: true, value: "••••4kQz" },
};

it("shows nothing of what another tenant has set", () => {
  expect(blankFields([field])).toEqual([{ ...field, set: false, value: null }]);
  const url: VariableField = {
    ...field,
    type: "url",
    secret: false,
    value: "https://own.example",
    defaultValue: "https://api.example",
  };
  expect(blankFields([url])).toMatchObject([{ set: true, value: "https://api.example" }]);
});
