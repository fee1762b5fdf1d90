"use client";

import { valueAt } from "../model/change-value.ts";
import { AnyField } from "./any-field.tsx";
import { ChoiceField } from "./choice-field.tsx";
import { DateField } from "./date-field.tsx";
import { issueAt } from "./field-issue.tsx";
import { type ControlProps, type FieldBodyProps, isTags, placeId, useForm } from "./form-context.ts";
import { ListField } from "./list-field.tsx";
import { NullSwitch } from "./null-switch.tsx";
import { NumberField } from "./number-field.tsx";
import { ObjectField } from "./object-field.tsx";
import { RecordField } from "./record-field.tsx";
import { TagsField } from "./tags-field.tsx";
import { TextField } from "./text-field.tsx";
import { UnionField } from "./union-field.tsx";

/** The control that fits a field; a value that may be null can be made null. */
export function FieldBody(props: FieldBodyProps) {
  const { field, path } = props;
  const form = useForm();
  const value = valueAt(form.value, path);
  const control = {
    ...props,
    id: placeId(form.prefix, path),
    value,
    invalid: issueAt(form.issues, path) !== undefined,
    change: (next: unknown) => form.change(path, next),
  };
  if (!field.nullable || field.kind === "any" || field.kind === "null") return <Control {...control} />;
  return (
    <NullSwitch {...control}>
      <Control {...control} />
    </NullSwitch>
  );
}

function Control(props: ControlProps) {
  const { field } = props;
  const { root } = useForm();
  switch (field.kind) {
    case "text":
      return <TextField {...props} />;
    case "date":
    case "datetime":
    case "time":
      return <DateField {...props} kind={field.kind} />;
    case "number":
      return <NumberField {...props} />;
    case "boolean":
      return <ChoiceField {...props} options={BOOLEANS} />;
    case "choice":
      return <ChoiceField {...props} options={field.options} />;
    case "constant":
      return <ChoiceField {...props} options={[field.value]} />;
    case "null":
      return <ChoiceField {...props} options={NULLS} />;
    case "any":
      return <AnyField {...props} />;
    case "object":
      return <ObjectField {...props} properties={field.properties} />;
    case "record":
      return <RecordField {...props} values={field.values} />;
    case "list":
      return isTags(root, field.items) ? <TagsField {...props} /> : <ListField {...props} items={field.items} />;
    case "union":
      return <UnionField {...props} variants={field.variants} />;
  }
}

const BOOLEANS = [true, false];
const NULLS = [null];
