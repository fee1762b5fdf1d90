import type { Resource } from "../http/resource.ts";
import type { SeededRandom } from "../seeded-random.ts";
import type { Collection, Row } from "../store/collection.ts";
import type { CustomerFields } from "../store/customer.ts";
import type { OrderFields, OrderStatus } from "../store/order.ts";
import type { ProductFields } from "../store/product.ts";
import type { EventType } from "./event-types.ts";

export interface Resources {
  products: Resource<ProductFields>;
  orders: Resource<OrderFields>;
  customers: Resource<CustomerFields>;
}

/**
 * Makes something of this type really happen in the store, so that the event tells the truth and a later read shows it.
 * Where nothing fits (no pending order to pay), what is needed is created first, which is an event of its own.
 */
export function makeHappen(type: EventType, { products, orders, customers }: Resources, random: SeededRandom): void {
  const newProduct = () =>
    products.collection.create(
      products.create({
        sku: `NEW-${random.int(10_000, 99_999)}`,
        name: `${random.pick(["Brass", "Pine", "Wool"])} ${random.pick(["bell", "tray", "cushion"])}`,
        category: "home",
        price: { amount: random.int(10, 200) * 50, currency: "EUR" },
        stock: random.int(1, 50),
      }),
    );
  const newCustomer = () =>
    customers.collection.create(
      customers.create({
        email: `visitor.${random.int(100_000, 999_999)}@example.com`,
        firstName: random.pick(["Ada", "Noor", "Ravi", "Zoe"]),
        lastName: random.pick(["Lindqvist", "Moreau", "Okafor"]),
      }),
    );
  const some = <F extends object>(collection: Collection<F>, make: () => Row<F>) => {
    const rows = collection.rows();
    return rows.length > 0 ? random.pick(rows) : make();
  };
  const newOrder = () =>
    orders.collection.create(
      orders.create({
        customerId: some(customers.collection, newCustomer).id,
        lines: [{ productId: some(products.collection, newProduct).id, quantity: random.int(1, 3) }],
      }),
    );
  /** The newest order in the status, as a person would click on the top one. */
  const orderIn = (...statuses: OrderStatus[]) =>
    orders.collection.rows().findLast((order) => statuses.includes(order.status)) ?? newOrder();
  const patchOrder = (id: string, body: object) => orders.collection.update(id, (row) => orders.patch(row, body));

  const acts: Record<EventType, () => unknown> = {
    "product.created": newProduct,
    "product.updated": () => {
      const { id } = some(products.collection, newProduct);
      return products.collection.update(id, (row) =>
        products.patch(row, { stock: row.stock > 0 ? row.stock - 1 : 25 }),
      );
    },
    "product.deleted": () => products.collection.remove(some(products.collection, newProduct).id),
    "customer.created": newCustomer,
    "customer.updated": () => {
      const { id } = some(customers.collection, newCustomer);
      return customers.collection.update(id, (row) =>
        customers.patch(row, { marketingConsent: !row.marketingConsent }),
      );
    },
    "customer.deleted": () => customers.collection.remove(some(customers.collection, newCustomer).id),
    "order.created": newOrder,
    "order.updated": () => {
      const { id, version } = some(orders.collection, newOrder);
      return patchOrder(id, { note: `Please ring twice (change ${version})` });
    },
    "order.paid": () => patchOrder(orderIn("pending").id, { status: "paid" }),
    "order.shipped": () => patchOrder(orderIn("paid", "pending").id, { status: "shipped" }),
    "order.cancelled": () => patchOrder(orderIn("pending", "paid").id, { status: "cancelled" }),
    "order.deleted": () => orders.collection.remove(some(orders.collection, newOrder).id),
  };
  acts[type]();
}
