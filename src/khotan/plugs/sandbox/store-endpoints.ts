import { type EndpointMap, pagination } from "khotan";
import { z } from "zod";
import { sandboxCustomer, sandboxError, sandboxOrder, sandboxProduct, sandboxTombstone } from "./store-records.ts";

const byId = z.object({ id: z.string() });
const pageSize = z.int().min(1).max(100).default(100);
const listed = {
  /** Only what changed at this time or later, in the order of change; ISO 8601. */
  updatedSince: z.iso.datetime({ offset: true }).optional(),
  /** Tell of deleted records too. */
  includeDeleted: z.boolean().optional(),
  sort: z.enum(["id", "updatedAt"]).optional(),
};

/** The store's records, each kind with its own way of paging. */
export const storeEndpoints = {
  listProducts: {
    method: "GET",
    path: "/products",
    summary: "List products, by offset",
    query: z.object(listed),
    responses: { 200: z.object({ data: z.array(z.union([sandboxTombstone, sandboxProduct])), total: z.int() }) },
    pagination: pagination.offset({ limit: 100, total: "total" }),
  },
  getProduct: {
    method: "GET",
    path: "/products/:id",
    summary: "Read one product",
    params: byId,
    responses: { 200: sandboxProduct, 404: sandboxError },
  },
  listOrders: {
    method: "GET",
    path: "/orders",
    summary: "List orders, by cursor",
    query: z.object({ ...listed, limit: pageSize }),
    responses: {
      200: z.object({
        data: z.array(z.union([sandboxTombstone, sandboxOrder])),
        has_more: z.boolean(),
        next_cursor: z.string().nullable(),
      }),
    },
    pagination: pagination.cursor({ next: "next_cursor", hasMore: "has_more" }),
  },
  getOrder: {
    method: "GET",
    path: "/orders/:id",
    summary: "Read one order",
    params: byId,
    responses: { 200: sandboxOrder, 404: sandboxError },
  },
  createOrder: {
    method: "POST",
    path: "/orders",
    summary: "Place an order",
    body: z.object({
      customerId: z.string(),
      lines: z
        .array(z.object({ productId: z.string(), quantity: z.int().min(1).optional() }))
        .min(1)
        .max(50),
      note: z.string().max(2_000).optional(),
    }),
    responses: { 201: sandboxOrder },
  },
  listCustomers: {
    method: "GET",
    path: "/customers",
    summary: "List customers, by the Link header",
    query: z.object({ ...listed, per_page: pageSize }),
    responses: { 200: z.array(z.union([sandboxTombstone, sandboxCustomer])) },
    pagination: pagination.linkHeader(),
  },
  updateCustomer: {
    method: "PATCH",
    path: "/customers/:id",
    summary: "Change a customer",
    params: byId,
    body: z.object({
      email: z.string().optional(),
      firstName: z.string().optional(),
      lastName: z.string().optional(),
      company: z.string().nullable().optional(),
    }),
    responses: { 200: sandboxCustomer, 404: sandboxError, 422: sandboxError },
    // The same change twice is one: a change that changes nothing makes no version and no event there.
    retry: { methods: ["PATCH"] },
  },
  createCustomer: {
    method: "POST",
    path: "/customers",
    summary: "Add a customer; the same Idempotency-Key twice is one",
    body: z.object({
      email: z.string(),
      firstName: z.string(),
      lastName: z.string(),
      company: z.string().nullable().optional(),
    }),
    responses: { 201: sandboxCustomer, 422: sandboxError },
  },
  deleteCustomer: {
    method: "DELETE",
    path: "/customers/:id",
    summary: "Delete a customer",
    params: byId,
    responses: { 204: z.undefined(), 404: sandboxError },
  },
  getCustomer: {
    method: "GET",
    path: "/customers/:id",
    summary: "Read one customer",
    params: byId,
    responses: { 200: sandboxCustomer, 404: sandboxError },
  },
} as const satisfies EndpointMap;
