export { authorize } from "./authorize.ts";
export { people } from "./people/people.ts";
