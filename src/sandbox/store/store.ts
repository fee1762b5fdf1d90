import type { Change, Collection } from "./collection.ts";
import { createCollection } from "./collection.ts";
import type { CustomerFields } from "./customer.ts";
import type { OrderFields } from "./order.ts";
import type { ProductFields } from "./product.ts";
import { type StoreSizes, seedStore } from "./seed-store.ts";

export interface Collections {
  products: Collection<ProductFields>;
  orders: Collection<OrderFields>;
  customers: Collection<CustomerFields>;
}

/** A change to any record, with the kind it belongs to. */
export type StoreChange =
  | ({ kind: "product" } & Change<ProductFields>)
  | ({ kind: "order" } & Change<OrderFields>)
  | ({ kind: "customer" } & Change<CustomerFields>);

export interface Store extends Collections {
  /** The time that the store puts on things. */
  now(): Date;
}

export const DEFAULT_SIZES: Readonly<StoreSizes> = { products: 60, orders: 240, customers: 80 };

/** The three collections, filled from the seed; `onChange` hears of every later change, after it was made. */
export function createStore(options: {
  seed: number;
  sizes: StoreSizes;
  now: () => Date;
  onChange: (change: StoreChange) => void;
}): Store {
  const { now, onChange } = options;
  const store: Store = {
    now,
    products: createCollection<ProductFields>({
      prefix: "prd",
      now,
      onChange: (c) => onChange({ kind: "product", ...c }),
    }),
    orders: createCollection<OrderFields>({ prefix: "ord", now, onChange: (c) => onChange({ kind: "order", ...c }) }),
    customers: createCollection<CustomerFields>({
      prefix: "cus",
      now,
      onChange: (c) => onChange({ kind: "customer", ...c }),
    }),
  };
  seedStore(store, options.seed, options.sizes);
  return store;
}
