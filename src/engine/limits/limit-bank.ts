import type { Answer, Ask } from "./decide.ts";
import type { LimitRules } from "./limit-rules.ts";

/** One connection of a plug. */
export interface LimitKey {
  readonly plug: string;
  readonly tenant: string;
}

/** Where limits are shared out: one place for all processes. */
export interface LimitBank {
  ask(key: LimitKey, rules: LimitRules, ask: Ask): Promise<Answer>;
  /** Tell the other processes that there is news. A hint: who misses it finds out at its next turn. */
  tell(key: LimitKey): void;
}
