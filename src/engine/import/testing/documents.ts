/** A document with one `GET /thing` that answers with this schema. */
export const answering = (schema: unknown, components: Readonly<Record<string, unknown>> = {}) => ({
  openapi: "3.1.0",
  info: { title: "Things", version: "1" },
  servers: [{ url: "https://things.example" }],
  components: { schemas: components },
  paths: {
    "/thing": {
      get: {
        operationId: "getThing",
        responses: { 200: { description: "A thing.", content: { "application/json": { schema } } } },
      },
    },
  },
});

/** A small shop, as an API's author would describe it. */
export const shopDocument = {
  openapi: "3.0.3",
  info: { title: "Acme Shop API", version: "2", description: "Orders and **customers** of a shop. More follows." },
  externalDocs: { url: "https://docs.acme.example" },
  servers: [{ url: "https://api.acme.example/v2" }, { url: "https://sandbox.acme.example/v2" }],
  security: [{ key: [] }],
  components: {
    securitySchemes: { key: { type: "http", scheme: "bearer", description: "Settings → API keys." } },
    parameters: {
      limit: {
        name: "limit",
        in: "query",
        description: "How many.",
        schema: { type: "integer", minimum: 1, maximum: 100 },
      },
    },
    schemas: {
      Customer: {
        type: "object",
        description: "Somebody who buys.",
        required: ["id", "email"],
        properties: {
          id: { type: "string", readOnly: true },
          email: { type: "string", format: "email" },
          born: { type: "string", format: "date", nullable: true },
          friends: { type: "array", items: { $ref: "#/components/schemas/Customer" } },
        },
      },
      Order: {
        type: "object",
        required: ["id", "status", "total"],
        properties: {
          id: { type: "string", format: "uuid" },
          status: { type: "string", enum: ["open", "paid", "sent"] },
          total: { type: "integer", description: "In cents.", minimum: 0 },
          note: { type: "string", maxLength: 200, deprecated: true },
        },
      },
      Error: { type: "object", required: ["message"], properties: { message: { type: "string" } } },
    },
  },
  paths: {
    "/orders": {
      get: {
        operationId: "orders/list",
        summary: "List orders",
        parameters: [
          { $ref: "#/components/parameters/limit" },
          { name: "starting_after", in: "query", schema: { type: "string" } },
        ],
        responses: {
          200: {
            description: "A page.",
            content: {
              "application/json": {
                schema: {
                  type: "object",
                  required: ["data", "has_more"],
                  properties: {
                    data: { type: "array", items: { $ref: "#/components/schemas/Order" } },
                    has_more: { type: "boolean" },
                  },
                },
              },
            },
          },
        },
      },
    },
    "/orders/{order-id}": {
      parameters: [{ name: "order-id", in: "path", required: true, schema: { type: "string", format: "uuid" } }],
      get: {
        operationId: "orders/get",
        summary: "Get an order",
        responses: {
          200: {
            description: "It.",
            content: { "application/json": { schema: { $ref: "#/components/schemas/Order" } } },
          },
          404: {
            description: "No.",
            content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
          },
        },
      },
    },
    "/customers": {
      post: {
        operationId: "customers/create",
        requestBody: {
          required: true,
          content: { "application/json": { schema: { $ref: "#/components/schemas/Customer" } } },
        },
        responses: {
          201: {
            description: "Made.",
            content: { "application/json": { schema: { $ref: "#/components/schemas/Customer" } } },
          },
        },
      },
    },
  },
};
