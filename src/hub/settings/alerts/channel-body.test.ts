import { expect, it } from "vitest";
import { createAlertChannelSchema } from "../../../contract/records/alert.ts";
import { channelBody, EMPTY_CHANNEL } from "./channel-body.ts";

it("sends the fields of its kind, as the contract takes them", () => {
  const url = " https://hooks.example.com/a ";
  expect(channelBody({ ...EMPTY_CHANNEL, name: "ops", url })).toEqual({
    kind: "slack",
    name: "ops",
    config: { url: "https://hooks.example.com/a" },
  });
  const mail = { ...EMPTY_CHANNEL, kind: "email" as const, name: "mail", host: "mail.example.com", port: "465" };
  const body = channelBody({ ...mail, from: "hub@example.com", to: "a@example.com, b@example.com," });
  expect(createAlertChannelSchema.parse(body)).toMatchObject({
    config: { port: 465, secure: true, to: ["a@example.com", "b@example.com"] },
  });
  expect(body).not.toHaveProperty("config.user");
});
