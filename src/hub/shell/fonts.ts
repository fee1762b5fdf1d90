import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";

/** Sets `--font-geist-sans` and `--font-geist-mono`; the files come with the package, none from elsewhere. */
export const FONT_CLASSES = `${GeistSans.variable} ${GeistMono.variable}`;
