import { SIGHTING_KINDS, SIGHTING_SOURCES } from '../inspect/hosts/host-sightings.ts';
import { textsOf } from '../memory/text-pool.ts';
import type { Identity } from './identities.ts';
import { type HostColumns, hostValue } from './schema.ts';
import { STORY_KINDS, type StoryLine } from './story-columns.ts';
import type { HostTable } from './table.ts';

/** A list of hosts, read row by row. */
export class HostRows {
  readonly table: HostTable;
  private readonly texts: readonly string[];

  constructor(table: HostTable) {
    this.table = table;
    this.texts = textsOf(table.texts);
  }

  /** The value of a column; null where there is none. */
  value(column: keyof HostColumns, row: number): string | number | null {
    return hostValue(this.table, this.texts, column, row);
  }

  /** The text of a column that has texts. */
  text(column: keyof HostColumns, row: number): string {
    return this.texts[this.table[column][row]];
  }

  /** The host in a few words: "desktop-8 (10.7.1.23, becka@example.com)", "10.7.1.23". */
  title(row: number): string {
    const name = firstOf(this.text('names', row)).split('.', 1)[0];
    const user = firstOf(this.text('users', row));
    const address = this.text('address', row);
    // A machine that is called after its user is not told twice.
    const isNamedAlike = user.toLowerCase() === name.toLowerCase();
    const known = [...(name === '' ? [] : [address]), ...(user === '' || isNamedAlike ? [] : [user])];
    return `${name || address}${known.length === 0 ? '' : ` (${known.join(', ')})`}`;
  }

  /** What was told of who it is, the surest first. */
  identities(row: number): Identity[] {
    const { identities, identityEnd } = this.table;
    return rangeOf(identityEnd, row).map((at) => ({
      kind: SIGHTING_KINDS[identities.kind[at]],
      source: SIGHTING_SOURCES[identities.source[at]],
      text: this.texts[identities.text[at]],
      firstMs: identities.firstMs[at],
      lastMs: identities.lastMs[at],
    }));
  }

  /** What it did, in the order of time. */
  story(row: number): StoryLine[] {
    const { story, storyEnd } = this.table;
    return rangeOf(storyEnd, row).map((at) => ({
      kind: STORY_KINDS[story.kind[at]],
      atMs: story.atMs[at],
      untilMs: story.untilMs[at],
      text: this.texts[story.text[at]],
      group: story.group[at],
      flows: story.flows[at],
    }));
  }
}

/** The first of the texts in a cell. */
function firstOf(cell: string): string {
  return cell.split(', ', 1)[0];
}

/** Places from where the row before ends to where this one does. */
function rangeOf(ends: Uint32Array, row: number): number[] {
  const start = row === 0 ? 0 : ends[row - 1];
  return Array.from({ length: ends[row] - start }, (_, at) => start + at);
}
