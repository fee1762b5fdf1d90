import { z } from "zod";

/** How many runs have one value of a field. */
export const facetSchema = z.object({
  value: z.string().describe("As the list's filter takes it."),
  label: z.string().describe("For people: a handler's or flow's name; else the value."),
  count: z.number().int(),
  estimated: z.boolean().describe("About that many; 10,000 stands for that many and more."),
});
export type Facet = z.infer<typeof facetSchema>;

export const RUN_FACETS = ["status", "kind", "source", "plug", "tenant", "handler", "flow"] as const;
export type RunFacetName = (typeof RUN_FACETS)[number];

/** Values with their counts, each field under all filters but its own. */
export const runFacetsSchema = z.object({
  status: z.array(facetSchema).describe("Every status, also those without runs; so are kind and source."),
  kind: z.array(facetSchema),
  source: z.array(facetSchema),
  plug: z.array(facetSchema).describe("Those with runs, the most frequent first, at most 50; so are the rest."),
  tenant: z.array(facetSchema),
  handler: z.array(facetSchema),
  flow: z.array(facetSchema),
});
export type RunFacets = z.infer<typeof runFacetsSchema>;
