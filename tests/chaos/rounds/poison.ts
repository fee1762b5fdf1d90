import { sendEvent } from "./load.ts";
import type { Trouble } from "./scenarios.ts";

const deep = (levels: number) => Buffer.from(`${'{"a":['.repeat(levels)}1${"]}".repeat(levels)}`);

/** Bodies that somebody's code or database cannot take. Each must be accepted, kept byte for byte, and handled. */
const BODIES: readonly (readonly [what: "write" | "unparsable", body: Buffer])[] = [
  ["write", Buffer.from('{"text":"a\\u0000b","\\u0000":1}')],
  ["write", Buffer.from('{"text":"\\ud800 alone"}')],
  ["write", Buffer.concat([Buffer.from('{"text":"'), Buffer.from([0xff, 0xfe, 0xc3, 0x28]), Buffer.from('"}')])],
  ["unparsable", Buffer.from([0xff, 0xfe, 0x00, 0x80])],
  ["unparsable", Buffer.from('{"cut off":')],
  ["write", deep(300)],
  ["write", deep(3_000)],
  ["write", deep(100_000)],
  ["write", Buffer.from(`{"n":1e400,"m":${"9".repeat(5_000)}}`)],
  ["write", Buffer.from(JSON.stringify({ ["k".repeat(100_000)]: "v" }))],
  [
    "write",
    Buffer.from(JSON.stringify({ __proto__: null, constructor: { prototype: 1 }, big: "x".repeat(5_000_000) })),
  ],
  ["write", Buffer.from(JSON.stringify(Array.from({ length: 200_000 }, (_each, n) => n)))],
];

/** All of them, among what else comes in: one that cannot be stored in its batch harms no other. */
export async function poison({ stage, sent, random, toll }: Trouble): Promise<void> {
  toll.poison += BODIES.length;
  await Promise.all(
    random.shuffle(BODIES).map(([type, body]) => sendEvent(stage, sent, stage.cast.githubEvent(type, body))),
  );
}
