import type { PathParams } from "./match-path.ts";

/** What every room is given. */
export interface RoomProps {
  readonly params: PathParams;
}
