import type { Collection, Row } from "./collection.ts";
import type { CustomerFields } from "./customer.ts";
import type { OrderCreate, OrderFields, OrderPatch, OrderStatus } from "./order.ts";
import type { ProductFields } from "./product.ts";

export interface OrderIssue {
  path: (string | number)[];
  message: string;
}

export type PlacedOrder = { ok: true; fields: OrderFields } | { ok: false; issues: OrderIssue[] };

/** The time fields that go with a status: a status that was reached keeps its time, leaving it does not erase it. */
function stamped(status: OrderStatus, at: string, before?: OrderFields) {
  const keep = (reached: OrderStatus, old: string | null | undefined) => old ?? (status === reached ? at : null);
  return {
    paidAt: before?.paidAt ?? (status === "paid" || status === "shipped" ? at : null),
    shippedAt: keep("shipped", before?.shippedAt),
    cancelledAt: keep("cancelled", before?.cancelledAt),
  };
}

/** Turns a client's wish into an order, with the prices of now; every unknown product or customer is an issue. */
export function placeOrder(
  wish: OrderCreate,
  known: { products: Collection<ProductFields>; customers: Collection<CustomerFields> },
  given: { number: string; at: string },
): PlacedOrder {
  const issues: OrderIssue[] = [];
  const customer = known.customers.get(wish.customerId);
  if (customer.outcome !== "ok") issues.push({ path: ["customerId"], message: `No customer ${wish.customerId}` });

  const lines: OrderFields["lines"] = [];
  wish.lines.forEach(({ productId, quantity }, index) => {
    const product = known.products.get(productId);
    if (product.outcome !== "ok") {
      issues.push({ path: ["lines", index, "productId"], message: `No product ${productId}` });
      return;
    }
    const { sku, name, price } = product.record;
    lines.push({ productId, sku, name, quantity, unitPrice: price });
  });
  const currency = lines[0]?.unitPrice.currency ?? "EUR";
  if (lines.some((line) => line.unitPrice.currency !== currency))
    issues.push({ path: ["lines"], message: "All lines of an order must have one currency" });
  if (issues.length > 0 || customer.outcome !== "ok") return { ok: false, issues };

  const amount = lines.reduce((sum, line) => sum + line.quantity * line.unitPrice.amount, 0);
  return {
    ok: true,
    fields: {
      number: given.number,
      customerId: wish.customerId,
      status: wish.status,
      lines,
      total: { amount, currency },
      shippingAddress: wish.shippingAddress === undefined ? customer.record.address : wish.shippingAddress,
      note: wish.note,
      ...stamped(wish.status, given.at),
    },
  };
}

/** Applies a change to an order and stamps the time of a new status. */
export function changeOrder(order: Row<OrderFields>, patch: OrderPatch, at: string): OrderFields {
  const next = { ...order, ...patch };
  return next.status === order.status ? next : { ...next, ...stamped(next.status, at, order) };
}
