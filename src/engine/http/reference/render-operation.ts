import { curlExample } from "./curl-example.ts";
import type { JsonSchema, Operation, Parameter } from "./document-model.ts";
import { type Html, html, prose } from "./html.ts";
import { resolve, schemaTable, typeCode } from "./schema-table.ts";

const WHO: Readonly<Record<string, string>> = {
  open: "everybody",
  webhook: "whoever signs",
  cron: "the scheduler",
  viewer: "viewers",
  operator: "operators",
  admin: "admins",
};

/** One endpoint: a row that opens. */
export function renderOperation(
  operation: Operation,
  base: string,
  schemas: Readonly<Record<string, JsonSchema>>,
): Html {
  const { operationId, method, path, summary, description } = operation;
  const access = operation["x-khotan-access"];
  return html`<details id="${operationId}">
    <summary><span class="method ${method.toLowerCase()}">${method}</span><code class="path">${path}</code><span class="what">${summary}</span><span class="access">${WHO[access] ?? access}</span></summary>
    <div class="body">
      ${description === undefined ? null : html`<p>${prose(description)}</p>`}
      ${renderParameters(operation.parameters)}
      ${renderBody(operation)}
      <h4>Answers</h4>
      ${Object.entries(operation.responses)
        .sort(([a], [b]) => Number(a) - Number(b))
        .map(([status, answer]) => renderAnswer(status, answer, schemas))}
      <h4>Example</h4>
      <pre tabindex="0">${curlExample(operation, base)}</pre>
    </div>
  </details>`;
}

function renderParameters(parameters: readonly Parameter[]): Html | null {
  if (parameters.length === 0) return null;
  return html`<h4>Parameters</h4><div class="scroll"><table>
    <thead><tr><th>Name</th><th>In</th><th>Type</th><th>Meaning</th></tr></thead>
    <tbody>${parameters.map(
      ({ name, in: place, required, schema, description }) =>
        html`<tr><td><code>${name}</code>${required ? "" : html` <small>optional</small>`}</td><td>${place}</td><td>${typeCode(schema)}${
          schema.default === undefined ? null : html` <small>default ${String(schema.default)}</small>`
        }</td><td>${prose(description ?? "")}</td></tr>`,
    )}</tbody></table></div>`;
}

function renderBody({ requestBody }: Operation): Html | null {
  if (!requestBody) return null;
  const schema = requestBody.content["application/json"]?.schema;
  const what = schema ? (schemaTable(schema) ?? html`<p>${typeCode(schema)}</p>`) : null;
  return html`<h4>Body${requestBody.required ? "" : html` <small>optional</small>`}</h4>
    ${requestBody.description === undefined ? null : html`<p>${requestBody.description}</p>`}${what}`;
}

function renderAnswer(
  status: string,
  { description, content }: Operation["responses"][string],
  schemas: Readonly<Record<string, JsonSchema>>,
): Html {
  const [type, entry] = Object.entries(content ?? {})[0] ?? [];
  const line = html`<span class="status s${status.slice(0, 1)}">${status}</span> ${prose(description)}`;
  const schema = entry?.schema;
  if (!schema || !status.startsWith("2")) return html`<p class="answer">${line}</p>`;
  const fields = schemaTable(resolve(schema, schemas));
  const named = type === "application/json" ? typeCode(schema) : html`<code>${type ?? ""}</code>`;
  return fields
    ? html`<details class="answer"><summary>${line} ${named}</summary>${fields}</details>`
    : html`<p class="answer">${line} ${named}</p>`;
}
