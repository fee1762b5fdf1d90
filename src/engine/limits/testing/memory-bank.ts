import { type Answer, type Ask, decide } from "../decide.ts";
import type { LimitBank, LimitKey } from "../limit-bank.ts";
import type { LimitRules } from "../limit-rules.ts";
import { EMPTY_STATE, type LimitState } from "../limit-state.ts";
import type { LimitTimer } from "../limit-timer.ts";

export interface MemoryBank extends LimitBank {
  readonly asked: Ask[];
  readonly told: LimitKey[];
  state(): LimitState;
  /** How long answers take from now on. */
  latencyMs: number;
  /** Thrown instead of answering, while it is set. */
  trouble: Error | null;
}

/** The bank without Postgres: one state, decided on in the order of asking. */
export function memoryBank(time: LimitTimer): MemoryBank {
  let state: LimitState = EMPTY_STATE;
  const bank: MemoryBank = {
    asked: [],
    told: [],
    latencyMs: 0,
    trouble: null,
    state: () => state,
    async ask(_key: LimitKey, rules: LimitRules, ask: Ask): Promise<Answer> {
      bank.asked.push(ask);
      if (bank.trouble) throw bank.trouble;
      const decided = decide(state, rules, ask, 1_000_000 + time.now());
      state = decided.state;
      if (bank.latencyMs > 0) await new Promise<void>((resolve) => time.after(bank.latencyMs, resolve));
      return decided.answer;
    },
    tell: (key) => void bank.told.push(key),
  };
  return bank;
}
