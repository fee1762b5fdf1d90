const json = (name: string) => ({
  content: { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } },
});

const schemas = {
  Node: {
    type: "object",
    description: "Contains itself in every way there is.",
    required: ["value"],
    properties: {
      value: { type: ["string", "null"] },
      children: { type: "array", items: { $ref: "#/components/schemas/Node" } },
      parent: { anyOf: [{ $ref: "#/components/schemas/Node" }, { type: "null" }] },
      meta: { $ref: "#/components/schemas/Json" },
      kind: { enum: ["a", 1, true, null] },
      created: { type: "string", format: "date-time", readOnly: true },
    },
  },
  Json: {
    anyOf: [
      { type: "string" },
      { type: "number" },
      { type: "boolean" },
      { type: "null" },
      { type: "array", items: { $ref: "#/components/schemas/Json" } },
      { type: "object", additionalProperties: { $ref: "#/components/schemas/Json" } },
    ],
  },
  Hen: { type: "object", required: ["egg"], properties: { egg: { $ref: "#/components/schemas/Egg" } } },
  Egg: {
    type: "object",
    properties: {
      hen: { $ref: "#/components/schemas/Hen" },
      "x-y": { prefixItems: [{ type: "string" }, { $ref: "#/components/schemas/Egg" }] },
    },
  },
  Pet: {
    oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
    discriminator: { propertyName: "petType", mapping: { cat: "#/components/schemas/Cat", dog: "Dog" } },
  },
  Animal: {
    type: "object",
    required: ["petType"],
    properties: { petType: { type: "string" }, name: { type: "string" } },
  },
  Cat: {
    allOf: [{ $ref: "#/components/schemas/Animal" }],
    type: "object",
    required: ["petType"],
    properties: { petType: { type: "string" }, lives: { type: "integer", minimum: 1, exclusiveMaximum: 10 } },
  },
  Dog: {
    type: "object",
    required: ["petType", "bark"],
    properties: { petType: { const: "dog" }, bark: { type: "boolean" } },
  },
  /** A base that lists what extends it: a circle without an object in between. */
  Shape: {
    oneOf: [{ $ref: "#/components/schemas/Circle" }, { $ref: "#/components/schemas/Square" }],
    properties: { color: { type: "string" } },
  },
  Circle: {
    allOf: [
      { $ref: "#/components/schemas/Shape" },
      { required: ["radius"], properties: { radius: { type: "number" } } },
    ],
  },
  Square: {
    allOf: [{ $ref: "#/components/schemas/Shape" }, { required: ["side"], properties: { side: { type: "number" } } }],
  },
  Named: {
    allOf: [{ $ref: "#/components/schemas/Animal" }, { $ref: "#/components/schemas/Dog" }, { required: ["name"] }],
  },
  Loose: { type: "object", additionalProperties: true, properties: { a: { type: "string" } } },
  Counts: { type: "object", additionalProperties: { type: "integer" }, properties: { total: { type: "integer" } } },
  Account: {
    type: "object",
    required: ["id", "secret"],
    properties: {
      id: { type: "string", readOnly: true },
      secret: { type: "string", writeOnly: true },
      node: { $ref: "#/components/schemas/Node" },
    },
  },
  Error: {
    type: "object",
    properties: { constructor: { type: "string" }, ["__proto__"]: { type: "string" } },
    required: ["constructor"],
  },
  Overlap: {
    anyOf: [
      { type: "object", properties: { a: { type: "string" }, self: { $ref: "#/components/schemas/Overlap" } } },
      { type: "object", properties: { b: { type: "string" } } },
    ],
  },
  Never: false,
  Anything: true,
};

/** OpenAPI 3.1 with what makes generators stumble. */
export const hardDocument = {
  openapi: "3.1.0",
  info: { title: "Hard API", version: "1", description: "Ends a comment */ and a `template \u0024{literal}`." },
  servers: [
    {
      url: "https://{region}.hard.example/{base-path}/",
      variables: {
        region: { enum: ["eu", "us"], default: "eu", description: "Where." },
        "base-path": { default: "v2" },
      },
    },
  ],
  security: [{ key: [], app: [] }],
  components: {
    securitySchemes: {
      key: { type: "apiKey", in: "header", name: "X-Key" },
      app: { type: "apiKey", in: "query", name: "app id" },
    },
    schemas,
  },
  paths: {
    "/nodes/{node-id}.json": {
      parameters: [{ name: "node-id", in: "path", required: true, schema: { type: "string" } }],
      get: { operationId: "get_node", responses: { 200: json("Node"), default: json("Error") } },
      put: {
        operationId: "get-node",
        requestBody: json("Node"),
        responses: { "2XX": { content: { "text/plain": {} } } },
      },
    },
    "/everything": {
      post: {
        requestBody: {
          required: true,
          content: { "application/x-www-form-urlencoded": { schema: { $ref: "#/components/schemas/Account" } } },
        },
        responses: {
          200: { description: "Nothing is said." },
          ...Object.fromEntries(Object.keys(schemas).map((name, index) => [String(400 + index), json(name)])),
        },
      },
    },
    "/pages": {
      get: {
        summary: "A */ `tick` \u0024{x} \u2028 separator",
        parameters: [
          { name: "page[number]", in: "query", schema: { type: "integer" } },
          { name: "page[size]", in: "query", schema: { type: "integer", maximum: 50 } },
          { name: "ids", in: "query", explode: false, schema: { type: "array", items: { type: "string" } } },
          { name: "X-Trace", in: "header", schema: { type: "string" } },
          { name: "session", in: "cookie", schema: { type: "string" } },
        ],
        responses: {
          200: {
            content: {
              "application/json": {
                schema: {
                  type: "object",
                  properties: {
                    data: { type: "array", items: { $ref: "#/components/schemas/Animal" } },
                    meta: { type: "object", properties: { total_pages: { type: "integer" } } },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
};
