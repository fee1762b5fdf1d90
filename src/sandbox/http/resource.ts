import type { Collection, Row } from "../store/collection.ts";
import { type CustomerFields, customerCreate, customerFields, customerPatch } from "../store/customer.ts";
import { type OrderFields, orderCreate, orderPatch } from "../store/order.ts";
import { changeOrder, placeOrder } from "../store/place-order.ts";
import { type ProductFields, productCreate, productFields, productPatch } from "../store/product.ts";
import { orderNumber } from "../store/seed-store.ts";
import type { Store } from "../store/store.ts";
import { ApiProblem, parsed } from "./api-problem.ts";

/** A collection with the meaning of its request bodies. All three throw a 422 `ApiProblem` for a wrong body. */
export interface Resource<Fields extends object> {
  collection: Collection<Fields>;
  create(body: unknown): Fields;
  /** PATCH: the fields given, the others stay. */
  patch(row: Row<Fields>, body: unknown): Fields;
  /** PUT: the whole record; what is left out gets its default. Missing where the kind cannot be replaced. */
  replace?(body: unknown): Fields;
}

export function productResource(store: Store): Resource<ProductFields> {
  return {
    collection: store.products,
    create: (body) => parsed(productCreate, body),
    replace: (body) => parsed(productCreate, body),
    patch: (row, body) => productFields.parse({ ...row, ...parsed(productPatch, body) }),
  };
}

export function customerResource(store: Store): Resource<CustomerFields> {
  return {
    collection: store.customers,
    create: (body) => parsed(customerCreate, body),
    replace: (body) => parsed(customerCreate, body),
    patch: (row, body) => customerFields.parse({ ...row, ...parsed(customerPatch, body) }),
  };
}

export function orderResource(store: Store): Resource<OrderFields> {
  let placedSoFar = store.orders.size;
  return {
    collection: store.orders,
    create(body) {
      const number = orderNumber(placedSoFar + 1);
      const placed = placeOrder(parsed(orderCreate, body), store, { number, at: store.now().toISOString() });
      if (!placed.ok) throw new ApiProblem(422, "invalid", "The order cannot be placed.", { issues: placed.issues });
      placedSoFar += 1;
      return placed.fields;
    },
    patch: (row, body) => changeOrder(row, parsed(orderPatch, body), store.now().toISOString()),
  };
}
