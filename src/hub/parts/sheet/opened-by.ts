/**
 * How a record was opened last. Enter moves the focus into its sheet; a click, Space or a step through the
 * list leaves it where it is. The sheet itself cannot know, and may still be loading when the key is pressed.
 */
let byEnter = false;

export function markOpenedByEnter(): void {
  byEnter = true;
}

/** Was it Enter? Answers once. */
export function takeOpenedByEnter(): boolean {
  const was = byEnter;
  byEnter = false;
  return was;
}
