import { expect, it } from "vitest";
import { pickLocale, pickSidebar, pickTheme } from "./preferences.ts";

it.each([
  ["de", "en", "de"],
  [undefined, "de-AT,de;q=0.9,en;q=0.8", "de"],
  [undefined, "fr,en;q=0.5,de;q=0.7", "de"],
  [undefined, "fr", "en"],
  ["xx", null, "en"],
  [undefined, "den", "en"],
])("chosen %s, accepted %s: %s", (chosen, accepted, locale) => expect(pickLocale(chosen, accepted)).toBe(locale));

it("takes no theme and no sidebar it does not know", () => {
  expect(pickTheme("dark")).toBe("dark");
  expect(pickTheme("<script>")).toBe("system");
  expect(pickSidebar("rail")).toBe("rail");
  expect(pickSidebar(undefined)).toBe("auto");
});
