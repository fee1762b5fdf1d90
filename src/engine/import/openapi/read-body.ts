import type { EndpointModel } from "../plug-file/plug-model.ts";
import type { SchemaNode } from "../schema/schema-node.ts";
import type { Operation } from "./list-operations.ts";
import { isForm, isMultipart, isText, jsonOf, type Media, mediaOf } from "./media-types.ts";
import { at, type Place } from "./place.ts";
import { resolveRef } from "./resolve-ref.ts";
import type { SchemaReader } from "./schema-reader.ts";

/** What an operation takes as its body. */
export function readBody(operation: Operation, reader: SchemaReader): EndpointModel["body"] {
  const declared = at(operation.place, "requestBody");
  if (declared.value === undefined) return undefined;
  const place = resolveRef(reader.document.root, declared);
  const media = mediaOf(place);
  if (media.length === 0) return undefined;
  if (operation.method === "GET" || operation.method === "HEAD") {
    reader.warn(declared, `a ${operation.method} has no body; it is left out`);
    return undefined;
  }
  const optional = at(place, "required").value !== true;
  const json = jsonOf(media);
  if (json) {
    const schema = reader.read(json.schema, "request");
    if (schema.kind === "string")
      reader.warn(json.schema, "a body that is a text is sent as text/plain, and not as JSON");
    if (!/^application\/json\b|\*/i.test(json.type)) {
      reader.warn(json.place, `the body is sent as application/json; for ${json.type} set the header content-type`);
    }
    return { schema, optional, form: false };
  }
  const form = media.find(({ type }) => isForm(type));
  if (form) return { schema: reader.read(form.schema, "request"), optional, form: true };
  return { schema: otherBody(media, place, reader), optional, form: false };
}

function otherBody(media: readonly Media[], place: Place, reader: SchemaReader): SchemaNode {
  const multipart = media.find(({ type }) => isMultipart(type));
  if (multipart) {
    const fields = Object.keys(resolvedProperties(multipart.schema, reader));
    const named = fields.length > 0 ? ` with the fields ${fields.slice(0, 12).join(", ")}` : "";
    reader.warn(multipart.place, `give a FormData${named}`);
    return { kind: "instance", of: "FormData" };
  }
  const [first] = media;
  if (first && isText(first.type)) {
    if (!/^text\/plain\b/i.test(first.type))
      reader.warn(place, `a text is sent as text/plain; for ${first.type} set the header content-type`);
    return { kind: "string" };
  }
  if (first && !/^application\/octet-stream\b/i.test(first.type)) {
    reader.warn(
      place,
      `bytes are sent as application/octet-stream; for ${first.type} give a Blob of that type in a call of its own`,
    );
  }
  return { kind: "instance", of: "Uint8Array" };
}

function resolvedProperties(schema: Place, { document }: SchemaReader): object {
  if (schema.value === undefined) return {};
  const { value } = at(resolveRef(document.root, schema), "properties");
  return typeof value === "object" && value !== null ? value : {};
}
