import { EngineError } from '../engine/engine.ts';

const LONGEST = 200;

/**
 * A name of a database, table, column or cluster as it stands in a statement: quoted, and escaped. Throws an
 * `EngineError`.
 */
export function quoted(name: string): string {
  if (name === '' || name.length > LONGEST || /[\p{Cc}]/u.test(name))
    throw new EngineError('a name of a database, table or column is empty, too long, or has control characters');
  return `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;
}
