import { expect, it } from "vitest";
import { createAlertChannelSchema, updateAlertChannelSchema } from "../../../contract/records/alert.ts";
import { channelBody, channelPatch, draftOfChannel, emptyChannel } from "./channel-body.ts";

const empty = emptyChannel("Europe/Vienna");

it("sends the fields of its kind, as the contract takes them", () => {
  const url = " https://hooks.example.com/a ";
  expect(createAlertChannelSchema.parse(channelBody({ ...empty, name: "ops", url }))).toMatchObject({
    kind: "slack",
    name: "ops",
    quietHours: null,
    config: { url: "https://hooks.example.com/a" },
  });
  const mail = { ...empty, way: "email" as const, name: "mail", host: "mail.example.com", port: "465" };
  const body = channelBody({ ...mail, from: "hub@example.com", to: "a@example.com, b@example.com," });
  expect(createAlertChannelSchema.parse(body)).toMatchObject({
    config: { port: 465, secure: true, to: ["a@example.com", "b@example.com"] },
  });
  expect(body).not.toHaveProperty("config.user");
  const bot = channelBody({ ...empty, way: "slackBot", name: "bot", room: "#alerts" });
  expect(createAlertChannelSchema.parse(bot)).toMatchObject({
    kind: "slack",
    config: { plug: "slack", tenant: "default", channel: "#alerts" },
  });
  expect(channelBody({ ...empty, way: "webhook", name: "hook", url })).not.toHaveProperty("config.secret");
});

it("sends quiet hours, and shows them again", () => {
  const draft = { ...empty, name: "ops", url: "https://hooks.example.com/a", quiet: true, criticalPasses: false };
  const made = createAlertChannelSchema.parse(channelBody(draft));
  expect(made.quietHours).toEqual({ from: "22:00", to: "07:00", timeZone: "Europe/Vienna" });
  const { config: _, ...fields } = made;
  const channel = {
    ...fields,
    id: "alc_1",
    target: "",
    lastError: null,
    lastSentAt: null,
    createdAt: "",
    updatedAt: "",
  };
  const again = draftOfChannel(channel, "UTC");
  expect(again).toMatchObject({ quiet: true, timeZone: "Europe/Vienna", criticalPasses: false });
  expect(updateAlertChannelSchema.parse(channelPatch({ ...again, quiet: false }))).toEqual({
    name: "ops",
    quietHours: null,
    criticalPasses: false,
  });
});
