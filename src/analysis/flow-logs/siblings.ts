import { sourceIndex, TRACE_KINDS, type TraceKind } from '../flows/name-sources.ts';
import { GrowingColumn } from '../memory/growing-column.ts';
import { SiblingKeys } from './sibling-keys.ts';

/** What a row of one log says of a flow that is a row of another: Zeek's ssl.log beside its conn.log. */
export interface Sibling {
  /** What both rows call the flow. */
  key: string;
  /** Bits of `OBSERVED`: what this row would have said of the flow had there been anything to say. */
  observed: number;
  /** Bits of `SIGNS`. */
  signs: number;
  /** Number of a name, 0 for none, and index into `NAME_SOURCES`. */
  name: number;
  nameSource: number;
  /** Numbers of texts, and whom a proxy was asked for: the number of a name, and a port, and 1 where it was for others too. */
  texts: Partial<Record<TraceKind | 'certificate' | OwnColumn, number>>;
}

const TEXT_COLUMNS = ['certificate', ...TRACE_KINDS] as const;
const NAMED_COLUMNS = ['name', 'nameSource', ...TEXT_COLUMNS] as const;
/** Columns that a sibling may fill, and those of which it adds bits. */
const SIBLING_COLUMNS = [...NAMED_COLUMNS, 'observed', 'signs'] as const;
type SiblingColumn = (typeof SIBLING_COLUMNS)[number];

/** Columns that are filled from a sibling where a flow has nothing: a name comes with its source, and with no other. */
export function columnsToFill(isNamed: boolean): readonly (typeof NAMED_COLUMNS)[number][] {
  return isNamed ? TEXT_COLUMNS : NAMED_COLUMNS;
}

/** What is kept of siblings beside that. */
const OWN_COLUMNS = ['chain', 'askedHost', 'askedPort', 'asksOthers'] as const;
type OwnColumn = (typeof OWN_COLUMNS)[number];

/** A name that was asked for by its host (TLS, HTTP) says more than one that was only looked up. */
const DNS = sourceIndex('dns');

/** Keeps what siblings say by the key of their flow, whichever of them and the flow comes first. */
export class Siblings {
  readonly keys: SiblingKeys;
  /** What any of them could show, as bits of `OBSERVED`. */
  observed = 0;
  private readonly columns = Object.fromEntries(
    [...SIBLING_COLUMNS, ...OWN_COLUMNS].map((column) => [column, new GrowingColumn('to-u32')]),
  ) as Record<SiblingColumn | OwnColumn, GrowingColumn>;

  constructor(keys = new SiblingKeys()) {
    this.keys = keys;
  }

  /** Keeps a sibling: the first name that was asked for, else the last that was looked up; the first of other texts. */
  add({ key, observed, signs, name, nameSource, texts }: Sibling): void {
    const number = this.keys.numberOf(key);
    if (number < 0) return;
    this.observed |= observed;
    const { room } = this.keys;
    const { columns } = this;
    columns.observed.replace(number, columns.observed.get(number) | observed, room);
    columns.signs.replace(number, columns.signs.get(number) | signs, room);
    const known = columns.name.get(number);
    if (name !== 0 && (known === 0 || columns.nameSource.get(number) === DNS)) {
      columns.name.replace(number, name, room);
      columns.nameSource.replace(number, nameSource, room);
    }
    const asked = columns.askedHost.get(number);
    const isOther = asked !== texts.askedHost || columns.askedPort.get(number) !== texts.askedPort;
    if (asked !== 0 && texts.askedHost !== undefined && isOther) columns.asksOthers.set(number, 1, room);
    for (const [column, text] of Object.entries(texts)) {
      const kept = columns[column as TraceKind];
      if (kept.get(number) === 0) kept.set(number, text, room);
    }
  }

  /** Where what is known of a flow by its hashed key lies, -1 where nothing is. */
  find(high: number, low: number): number {
    return low === 0 ? -1 : this.keys.find(high, low);
  }

  get(number: number, column: SiblingColumn | OwnColumn): number {
    return this.columns[column].get(number);
  }
}
