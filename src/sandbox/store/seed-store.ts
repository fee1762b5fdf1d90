import type { SeededRandom } from "../seeded-random.ts";
import { seededRandom } from "../seeded-random.ts";
import type { Address } from "./customer.ts";
import { ORDER_STATUSES } from "./order.ts";
import { changeOrder, placeOrder } from "./place-order.ts";
import type { Collections } from "./store.ts";

/** How many records the store opens with. */
export interface StoreSizes {
  products: number;
  orders: number;
  customers: number;
}

const MATERIALS = ["Jade", "Silk", "Cedar", "Copper", "Indigo", "Felt", "Walnut", "Saffron", "Linen", "Clay"] as const;
const GOODS = [
  ["pendant", "jewellery", 2_900],
  ["scarf", "textiles", 4_500],
  ["tea bowl", "tableware", 1_800],
  ["notebook", "paper", 1_250],
  ["lantern", "home", 6_400],
  ["carpet", "textiles", 38_000],
  ["incense box", "home", 3_100],
  ["travel bag", "bags", 8_900],
] as const;
const FIRST_NAMES = ["Amira", "Jonas", "Lin", "Marta", "Omar", "Priya", "Rustam", "Sofia", "Tomas", "Yuki"] as const;
const LAST_NAMES = [
  "Aziz",
  "Becker",
  "Chen",
  "Duarte",
  "Eriksen",
  "Farkas",
  "Gupta",
  "Haddad",
  "Ito",
  "Karimov",
] as const;
const COMPANIES = ["Caravan Supply", "Tarim Traders", "Northgate Books", "Oasis Interiors"] as const;
const PLACES = [
  ["Berlin", "10115", "DE"],
  ["Lisbon", "1100-148", "PT"],
  ["Oslo", "0150", "NO"],
  ["Vienna", "1010", "AT"],
  ["Toronto", "M5H 2N2", "CA"],
  ["Osaka", "530-0001", "JP"],
] as const;

/** All seeded times lie in 2025, whatever today is: the same seed must give the same bytes tomorrow. */
const FIRST_DAY = Date.UTC(2025, 0, 1);
const MINUTE = 60_000;

function someAddress(random: SeededRandom): Address {
  const [city, postalCode, country] = random.pick(PLACES);
  return {
    line1: `${random.int(1, 240)} ${random.pick(["Market Street", "Harbour Lane", "Mill Road"])}`,
    city,
    postalCode,
    country,
  };
}

/** Fills empty collections. Each kind draws from its own numbers, so more products do not change the customers. */
export function seedStore({ products, customers, orders }: Collections, seed: number, sizes: StoreSizes): void {
  const times = (random: SeededRandom, index: number, total: number) => {
    const created = FIRST_DAY + Math.floor(((index + random.int(0, 90) / 100) * 300 * 1440) / total) * MINUTE;
    const updated = created + (random.chance(40) ? random.int(1, 60 * 1440) * MINUTE : 0);
    return { createdAt: new Date(created).toISOString(), updatedAt: new Date(updated).toISOString() };
  };

  const forProducts = seededRandom(seed * 3 + 1);
  for (let index = 0; index < sizes.products; index++) {
    const [thing, category, base] = forProducts.pick(GOODS);
    const material = forProducts.pick(MATERIALS);
    const name = `${material} ${thing}`;
    const sku = `${material.slice(0, 3)}-${thing.slice(0, 3)}-${String(index + 1).padStart(4, "0")}`.toUpperCase();
    products.seed(
      {
        sku,
        name,
        description: `${name}, made by hand in small batches.`,
        category,
        price: { amount: base + forProducts.int(0, 40) * 50, currency: "EUR" },
        stock: forProducts.int(0, 250),
        active: forProducts.chance(92),
        tags: [category, material.toLowerCase()],
      },
      times(forProducts, index, sizes.products),
    );
  }

  const forCustomers = seededRandom(seed * 3 + 2);
  for (let index = 0; index < sizes.customers; index++) {
    const firstName = forCustomers.pick(FIRST_NAMES);
    const lastName = forCustomers.pick(LAST_NAMES);
    customers.seed(
      {
        email: `${firstName}.${lastName}.${index + 1}@example.com`.toLowerCase(),
        firstName,
        lastName,
        company: forCustomers.chance(30) ? forCustomers.pick(COMPANIES) : null,
        phone: forCustomers.chance(70) ? `+49 30 ${forCustomers.int(1_000_000, 9_999_999)}` : null,
        address: forCustomers.chance(90) ? someAddress(forCustomers) : null,
        marketingConsent: forCustomers.chance(45),
        note: "",
      },
      times(forCustomers, index, sizes.customers),
    );
  }

  const forOrders = seededRandom(seed * 3 + 3);
  const allProducts = products.rows();
  const allCustomers = customers.rows();
  for (let index = 0; index < sizes.orders && allProducts.length > 0 && allCustomers.length > 0; index++) {
    const lines = Array.from({ length: forOrders.int(1, 4) }, () => ({
      productId: forOrders.pick(allProducts).id,
      quantity: forOrders.int(1, 3),
    }));
    const at = times(forOrders, index, sizes.orders);
    const wish = { customerId: forOrders.pick(allCustomers).id, lines, status: "pending" as const, note: "" };
    const placed = placeOrder(wish, { products, customers }, { number: orderNumber(index + 1), at: at.createdAt });
    if (!placed.ok) throw new Error(`The seed made an impossible order: ${JSON.stringify(placed.issues)}`);
    const row = { ...placed.fields, id: "", version: 1, ...at };
    orders.seed(changeOrder(row, { status: forOrders.pick(ORDER_STATUSES) }, at.updatedAt), at);
  }
}

/** `SO-10001` for the first order. */
export function orderNumber(count: number): string {
  return `SO-${10_000 + count}`;
}
