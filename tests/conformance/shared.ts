import { existsSync } from 'node:fs';
import path from 'node:path';

const SHARED = path.resolve(import.meta.dirname, '../../../shared');

/**
 * The folder `../shared/<name>` beside the repository, or null where it is not there: tests that need it are then
 * skipped, and vitest says so.
 */
export function sharedFolder(name: string): string | null {
  const folder = path.join(SHARED, name);
  return existsSync(folder) ? folder : null;
}
