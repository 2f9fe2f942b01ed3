import type { Outcome } from '../../worker/protocol.ts';

/** The value of an outcome; throws an `Error` with the failure's message where there is none. */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return outcome.value;
}
