import { describe, expect, it } from "vitest";
import { createSandbox } from "../create-sandbox.ts";
import { createStore, DEFAULT_SIZES } from "./store.ts";

const dump = (seed: number, sizes = {}) => {
  const store = createStore({ seed, sizes: { ...DEFAULT_SIZES, ...sizes }, now: () => new Date(), onChange: () => {} });
  return { products: store.products.rows(), orders: store.orders.rows(), customers: store.customers.rows() };
};

describe("the seeded store", () => {
  it("is the same for the same seed and another for another", () => {
    expect(JSON.stringify(dump(5))).toBe(JSON.stringify(dump(5)));
    expect(JSON.stringify(dump(5))).not.toBe(JSON.stringify(dump(6)));
  });

  it("keeps the customers when there are more products", () => {
    expect(dump(5, { products: 200 }).customers).toEqual(dump(5).customers);
  });

  it("makes sense: known customers and products, right totals, times that fit the status", () => {
    const { products, orders, customers } = dump(1);
    const customerIds = new Set(customers.map(({ id }) => id));
    const productIds = new Set(products.map(({ id }) => id));
    for (const order of orders) {
      expect(customerIds).toContain(order.customerId);
      for (const line of order.lines) expect(productIds).toContain(line.productId);
      expect(order.total.amount).toBe(
        order.lines.reduce((sum, line) => sum + line.quantity * line.unitPrice.amount, 0),
      );
      expect(order.paidAt !== null).toBe(order.status === "paid" || order.status === "shipped");
      expect(order.updatedAt >= order.createdAt).toBe(true);
    }
    expect(new Set(orders.map(({ number }) => number)).size).toBe(DEFAULT_SIZES.orders);
  });

  it("gives the same events for the same seed and the same asks", async () => {
    const subjects = await Promise.all(
      [1, 2].map(async () => {
        const sandbox = createSandbox({ seed: 3, now: () => new Date(0) });
        for (const type of ["order.created", "product.updated", "customer.updated", "order.paid"])
          await sandbox.app.request("/emit", { method: "POST", body: JSON.stringify({ type, count: 5 }) });
        const state = [sandbox.store.orders.rows(), sandbox.store.products.rows(), sandbox.store.customers.rows()];
        await sandbox.close();
        return JSON.stringify(state);
      }),
    );
    expect(subjects[0]).toBe(subjects[1]);
  });
});
