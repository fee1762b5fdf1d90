import { type Browser, chromium } from "playwright-core";
import { findChromium } from "../../scripts/find-chromium.mjs";

/** The machine's own Chromium, headless. @throws when there is none, saying how to get one */
export const launchBrowser = async (): Promise<Browser> => {
  const executablePath = findChromium();
  if (!executablePath)
    throw new Error("No Chromium found: install it (Debian: apt-get install chromium) or set KHOTAN_CHROMIUM.");
  // Chromium refuses to sandbox itself when root runs it, as containers do.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath, args, headless: true });
};
