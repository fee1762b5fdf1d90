import { createHash } from "node:crypto";
import { readDocument } from "./document-model.ts";
import { html, prose } from "./html.ts";
import { REFERENCE_STYLE } from "./reference-style.ts";
import { renderOperation } from "./render-operation.ts";
import { schemaTable } from "./schema-table.ts";

/** Nothing but this one style sheet, known by its digest: no scripts, no pictures, nothing from elsewhere. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(REFERENCE_STYLE).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/**
 * The API's reference as one page, made from its OpenAPI document; works
 * offline and without scripts.
 *
 * @param origin of the hub, for the examples.
 */
export function renderReference(document: unknown, origin: string): { html: string; policy: string } {
  const { model, groups } = readDocument(document);
  const base = origin + (model.servers[0]?.url ?? "");
  const tags = [...groups.keys()];
  // A link into a closed row makes the browser open it, so a record's id stands within its row.
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${model.info.title} API</title>
<style>${{ html: REFERENCE_STYLE }}</style>
</head>
<body>
<nav aria-label="Groups"><strong>${model.info.title} API</strong><span class="version">${model.info.version}</span>
<ul>${tags.map((tag) => html`<li><a href="#${anchor(tag)}">${tag}</a> <small>${groups.get(tag)?.length ?? 0}</small></li>`)}
<li><a href="#records">Records</a></li></ul></nav>
<main>
<h1>${model.info.title} API</h1>
<p>Base address <code>${base}</code>. The same as a document: <a href="openapi.json">openapi.json</a>.</p>
${model.info.description.split("\n\n").map((paragraph) => html`<p>${prose(paragraph)}</p>`)}
${tags.map(
  (tag) => html`<section id="${anchor(tag)}"><h2>${tag}</h2>
${(groups.get(tag) ?? []).map((operation) => renderOperation(operation, base, model.components.schemas))}</section>`,
)}
<section id="records"><h2>Records</h2>
${Object.entries(model.components.schemas)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(
    ([name, schema]) =>
      html`<details><summary><code class="path">${name}</code></summary><div class="body" id="record-${name}">${schemaTable(schema)}</div></details>`,
  )}</section>
</main>
</body>
</html>
`;
  return { html: page.html, policy: POLICY };
}

const anchor = (tag: string): string => tag.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
