import { describe, expectTypeOf, it } from "vitest";
import { z } from "zod";
import {
  type AnyPlug,
  type BoundPlugOf,
  bearer,
  createPlugClient,
  defineContract,
  fromVar,
  type PlugResponse,
  plug,
  type VarsOf,
} from "./index.ts";

const Product = z.object({ id: z.string(), price: z.coerce.number() });
const shop = plug({
  name: "shop",
  baseUrl: (vars) => {
    expectTypeOf(vars.region).toEqualTypeOf<"eu" | "us">();
    return `https://${vars.region}.shop.example`;
  },
  vars: [
    { key: "token", label: "Token", type: "password", required: true },
    {
      key: "region",
      label: "Region",
      type: "select",
      options: ["eu", { value: "us", label: "USA" }],
      defaultValue: "eu",
    },
    { key: "limit", label: "Limit", type: "number" },
    { key: "test", label: "Test", type: "boolean" },
  ],
  auth: bearer(fromVar("token")),
  hooks: {
    beforeRequest: ({ vars, request }) => {
      expectTypeOf(vars.limit).toEqualTypeOf<number | undefined>();
      request.headers["x-limit"] = String(vars.limit ?? 10);
    },
  },
  endpoints: {
    listProducts: {
      method: "GET",
      path: "/products",
      query: z.object({ limit: z.number().optional() }),
      responses: { 200: z.object({ data: z.array(Product) }) },
    },
    getProduct: {
      method: "GET",
      path: "/products/:id/in/{country}",
      params: z.object({ id: z.string(), country: z.string() }),
      responses: { 200: Product, 404: z.object({ error: z.string() }) },
    },
    createProduct: {
      method: "POST",
      path: "/products",
      body: z.object({ price: z.number() }),
      responses: { 201: Product },
    },
    rawProduct: {
      method: "GET",
      path: "/raw",
      responses: { 200: z.object({ at: z.string().transform(Number) }) },
      check: "passthrough",
    },
  },
});

/** Only compiled, never run: what is called here would go to the network. */
const compiled = (_check: () => unknown) => {};

describe("the types of a plug", () => {
  it("give each variable its type", () => {
    expectTypeOf<VarsOf<typeof shop>>().toEqualTypeOf<{
      readonly token: string;
      readonly region: "eu" | "us";
      readonly limit?: number | undefined;
      readonly test?: boolean | undefined;
    }>();
    expectTypeOf<BoundPlugOf<typeof shop>["vars"]["token"]>().toEqualTypeOf<string>();
  });

  it("refuse variables that are not declared, or of another type", () => {
    compiled(() => shop.get("/", { vars: { limit: 3 } }));
    // @ts-expect-error a number is wanted
    compiled(() => shop.get("/", { vars: { limit: "3" } }));
    // @ts-expect-error no such variable
    compiled(() => shop.get("/", { vars: { nope: "3" } }));
    // @ts-expect-error not one of the options
    compiled(() => shop.get("/", { vars: { region: "mars" } }));
    compiled(async () => {
      const bound = shop.bind({ tenant: "t", vars: {} });
      await bound.setVars({ limit: null, _cursor: "x" });
      // @ts-expect-error no such variable
      await bound.setVars({ nope: 1 });
    });
    compiled(() =>
      plug({ name: "a", baseUrl: "https://a.example", vars: [{ key: "a", type: "text" }], auth: bearer(fromVar("a")) }),
    );
    compiled(() =>
      // @ts-expect-error vars declares "a" only
      plug({ name: "a", baseUrl: "https://a.example", vars: [{ key: "a", type: "text" }], auth: bearer(fromVar("b")) }),
    );
    // @ts-expect-error no such option
    compiled(() => plug({ name: "a", baseUrl: "https://a.example", tiemout: 4 }));
  });

  it("make the body what you say, or what `as` says", () => {
    expectTypeOf(() => shop.get<{ id: string }>("/")).returns.resolves.toEqualTypeOf<{ id: string }>();
    expectTypeOf(() => shop.get("/")).returns.resolves.toEqualTypeOf<unknown>();
    expectTypeOf(() => shop.get("/", { as: "text" })).returns.resolves.toEqualTypeOf<string>();
    expectTypeOf(() => shop.post("/", { as: "bytes" })).returns.resolves.toEqualTypeOf<Uint8Array>();
    expectTypeOf(() => shop.request<number>("GET", "/")).returns.resolves.toEqualTypeOf<PlugResponse<number>>();
    // @ts-expect-error a GET has no body
    compiled(() => shop.get("/", { body: {} }));
  });

  it("give declared endpoints their input and a union of answers", () => {
    compiled(async () => {
      const answer = await shop.call("getProduct", { params: { id: "1", country: "de" } });
      expectTypeOf(answer.status).toEqualTypeOf<200 | 404>();
      if (answer.status === 404) expectTypeOf(answer.body).toEqualTypeOf<{ error: string }>();
      else expectTypeOf(answer.body).toEqualTypeOf<{ id: string; price: number }>();
      const raw = await shop.call("rawProduct");
      expectTypeOf(raw.body.at).toEqualTypeOf<string>();
      await shop.call("listProducts");
      for await (const product of shop.callPaged("listProducts"))
        expectTypeOf(product).toEqualTypeOf<{ id: string; price: number }>();
    });
    // @ts-expect-error params are needed
    compiled(() => shop.call("getProduct"));
    // @ts-expect-error country is missing
    compiled(() => shop.call("getProduct", { params: { id: "1" } }));
    // @ts-expect-error price is a number
    compiled(() => shop.call("createProduct", { body: { price: "1" } }));
    // @ts-expect-error no such endpoint
    compiled(() => shop.call("nope"));
  });

  it("want a schema for each path parameter, and no other", () => {
    const responses = { 200: z.unknown() };
    compiled(() =>
      plug({
        name: "a",
        baseUrl: "https://a.example",
        // @ts-expect-error the path has id, params has not
        endpoints: { get: { method: "GET", path: "/a/:id", params: z.object({ other: z.string() }), responses } },
      }),
    );
    compiled(() =>
      plug({
        name: "a",
        baseUrl: "https://a.example",
        // @ts-expect-error params is missing
        endpoints: { get: { method: "GET", path: "/a/{id}", responses } },
      }),
    );
    // @ts-expect-error FETCH is no method
    compiled(() => defineContract({ get: { method: "FETCH", path: "/a", responses } }));
  });

  it("carry a contract over to a client", () => {
    const contract = defineContract({
      getOne: { method: "GET", path: "/p/:id", params: z.object({ id: z.number() }), responses: { 200: Product } },
    });
    compiled(async () => {
      const client = createPlugClient(contract, shop.bind({ tenant: "t", vars: {} }));
      const answer = await client.getOne({ params: { id: 1 } });
      expectTypeOf(answer.body).toEqualTypeOf<{ id: string; price: number }>();
      // @ts-expect-error id is a number
      await client.getOne({ params: { id: "1" } });
    });
  });

  it("let any plug be kept in one list", () => {
    const plain = plug({ name: "plain", baseUrl: "https://plain.example" });
    const all: AnyPlug[] = [shop, plain];
    expectTypeOf(all).toEqualTypeOf<AnyPlug[]>();
    // @ts-expect-error it has no variables
    compiled(() => plain.get("/", { vars: { a: 1 } }));
  });
});
