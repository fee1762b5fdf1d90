import { fieldMapping } from "khotan";

/** What a product of the sandbox is to others: names and units of our own. People change it under Flows, Field mappings. */
export const productFields = fieldMapping({
  name: "products",
  resource: "products",
  fields: [
    { target: "sku", nulls: "refuse" },
    { target: "title", source: "name" },
    { target: "priceMinor", sourcePath: "price.amount", type: "integer" },
    { target: "currency", sourcePath: "price.currency" },
    { target: "inStock", transform: "stock > 0", type: "boolean" },
  ],
});
