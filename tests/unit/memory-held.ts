import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** What this process holds, in bytes, once what nothing refers to is let go of. */
export function memoryHeld(): NodeJS.MemoryUsage {
  // What a collection that is under way has passed goes with the next one.
  collect();
  collect();
  return process.memoryUsage();
}
