import { type ComponentType, createContext, useContext } from "react";
import type { Issue } from "../model/check-value.ts";
import { type Field, fieldOf } from "../model/field.ts";
import type { Path, Schema } from "../model/schema.ts";

export interface FieldRowProps {
  readonly name: string;
  readonly schema: Schema;
  readonly path: Path;
  readonly required: boolean;
}

export interface FieldBodyProps {
  readonly field: Field;
  readonly schema: Schema;
  readonly path: Path;
  readonly required: boolean;
  readonly label: string;
}

/** What each control is given. */
export interface ControlProps extends FieldBodyProps {
  readonly id: string;
  readonly value: unknown;
  readonly invalid: boolean;
  readonly change: (value: unknown) => void;
}

interface FormState {
  /** The document that `$ref`s point into. */
  readonly root: Schema;
  readonly value: unknown;
  readonly change: (path: Path, value: unknown) => void;
  readonly issues: readonly Issue[];
  /** Names of inputs begin with it: two forms can stand on one page. */
  readonly prefix: string;
  /** Controls hold rows and rows hold controls: both come from here. */
  readonly Row: ComponentType<FieldRowProps>;
  readonly Body: ComponentType<FieldBodyProps>;
}

const Context = createContext<FormState | null>(null);
export const FormProvider = Context.Provider;

/** @throws Error outside of a `<SchemaForm>`. */
export function useForm(): FormState {
  const form = useContext(Context);
  if (!form) throw new Error("useForm is used outside of <SchemaForm>");
  return form;
}

/** One id per place, for labels and hints. */
export const placeId = (prefix: string, path: Path): string => [prefix, ...path].join(".");

/** Lists of plain texts are written in one line. */
export const isTags = (root: Schema, items: Schema): boolean => {
  const { kind, nullable } = fieldOf(root, items);
  return kind === "text" && !nullable;
};
