import type { ConnectValue, MappingRecord, MappingWrite } from "../../contract/index.ts";
import type { Executor } from "../database/adapter.ts";
import type { UpsertedMappings, UpsertMappingsOptions } from "./upsert-mappings.ts";

/** A connect value of a resource: one value, or one for each of its fields. */
export type ConnectOf<Field extends string> = string extends Field
  ? ConnectValue
  : string | number | { readonly [F in Field]: string | number };

/** Identities of one resource's records, for one tenant. */
export interface BoundMapping<Field extends string = string> {
  readonly resource: string;
  readonly tenant: string;
  /** The record with this connect value, or `null`. */
  get(connect: ConnectOf<Field>, options?: { readonly tx?: Executor }): Promise<MappingRecord | null>;
  /** The record that a plug calls so, or `null`. */
  getByRef(plug: string, ref: string | number, options?: { readonly tx?: Executor }): Promise<MappingRecord | null>;
  /** Up to 10,000 in one statement, in order; `null` where there is none. */
  getMany(
    connects: readonly ConnectOf<Field>[],
    options?: { readonly tx?: Executor },
  ): Promise<(MappingRecord | null)[]>;
  /** Up to 10,000 in one statement, in order; `null` where there is none. */
  getManyByRef(
    plug: string,
    refs: readonly (string | number)[],
    options?: { readonly tx?: Executor },
  ): Promise<(MappingRecord | null)[]>;
  /**
   * Make or change one. @returns its id.
   * @throws KhotanError `conflict` naming the mapping that has one of the refs
   */
  upsert(
    write: TypedWrite<Field>,
    options?: Omit<UpsertMappingsOptions, "onConflict">,
  ): Promise<{ readonly id: string; readonly outcome: "created" | "updated" | "unchanged" }>;
  /** Up to 10,000 in one statement. */
  upsertMany(writes: readonly TypedWrite<Field>[], options?: UpsertMappingsOptions): Promise<UpsertedMappings>;
  /** Forget a record's identity. @returns whether there was one. */
  delete(connect: ConnectOf<Field>, options?: Pick<UpsertMappingsOptions, "actor" | "tx">): Promise<boolean>;
}

export type TypedWrite<Field extends string> = Omit<MappingWrite, "connect"> & { readonly connect: ConnectOf<Field> };
