import { expect, test } from "vitest";
import { html, prose } from "./html.ts";

test("whatever is put in is text, unless it is HTML itself", () => {
  const inner = html`<b>${"<script>\"&'"}</b>`;
  expect(html`<p>${[inner, " ", 1, null]}</p>`.html).toBe("<p><b>&lt;script&gt;&quot;&amp;&#39;</b> 1</p>");
});

test("backticks are code", () => {
  expect(html`${prose("Send `<a>` & go")}`.html).toBe("Send <code>&lt;a&gt;</code> &amp; go");
});
