import { Hono } from "hono";
import { listFilter } from "../paging/list-query.ts";
import type { Paginate } from "../paging/paginate.ts";
import type { Outcome } from "../store/collection.ts";
import { ApiProblem, jsonBody } from "./api-problem.ts";
import { etagOf, ifMatch } from "./etag.ts";
import type { Resource } from "./resource.ts";
import type { SandboxEnv } from "./sandbox-env.ts";

/** The record, or the refusal that its outcome means. A deleted record is 404 with its own code, not 410. */
function recordOf<Record>(id: string, outcome: Outcome<Record>): Record {
  switch (outcome.outcome) {
    case "ok":
      return outcome.record;
    case "missing":
      throw new ApiProblem(404, "not_found", "There is no record with this id.");
    case "deleted":
      throw new ApiProblem(404, "deleted", `${id} was deleted at ${outcome.record.deletedAt}.`);
    case "stale":
      throw new ApiProblem(412, "version_mismatch", `The record is at version ${outcome.version} by now.`, {
        headers: { etag: etagOf(outcome.version) },
      });
  }
}

/** List, read, create, change, replace and delete one kind of record; the paging style is the caller's choice. */
export function resourceRoutes<Fields extends object>(
  resource: Resource<Fields>,
  paginate: Paginate,
): Hono<SandboxEnv> {
  const { collection } = resource;
  const app = new Hono<SandboxEnv>();

  app.get("/", (c) => {
    const filter = listFilter(c);
    return paginate(c, collection.list(filter), filter.sort);
  });
  app.get("/:id", (c) => {
    const record = recordOf(c.req.param("id"), collection.get(c.req.param("id")));
    return c.json(record, 200, { etag: etagOf(record.version) });
  });
  app.post("/", (c) => {
    const record = collection.create(resource.create(jsonBody(c)));
    return c.json(record, 201, { etag: etagOf(record.version), location: `${c.req.path}/${record.id}` });
  });
  app.patch("/:id", (c) => {
    const body = jsonBody(c);
    const id = c.req.param("id");
    const record = recordOf(
      id,
      collection.update(id, (row) => resource.patch(row, body), ifMatch(c)),
    );
    return c.json(record, 200, { etag: etagOf(record.version) });
  });
  app.put("/:id", (c) => {
    const { replace } = resource;
    if (!replace)
      throw new ApiProblem(405, "method_not_allowed", "Use PATCH.", { headers: { allow: "GET, PATCH, DELETE" } });
    const body = jsonBody(c);
    const id = c.req.param("id");
    const record = recordOf(
      id,
      collection.update(id, () => replace(body), ifMatch(c)),
    );
    return c.json(record, 200, { etag: etagOf(record.version) });
  });
  app.delete("/:id", (c) => {
    recordOf(c.req.param("id"), collection.remove(c.req.param("id"), ifMatch(c)));
    return c.body(null, 204);
  });
  return app;
}
