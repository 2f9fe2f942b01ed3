import type { ScoredTable } from '../connections/scored-table.ts';
import { DistinctTexts } from '../memory/distinct-texts.ts';
import { createColumns } from '../memory/schema.ts';
import { poolOf, type TextPool } from '../memory/text-pool.ts';
import type { TriageColumns } from '../triage/columns.ts';
import { nameRhythmOfRow } from '../triage/name-rhythms.ts';
import type { RowFacts } from '../triage/row-facts.ts';
import { findingsOf } from './findings.ts';
import type { Host } from './host-numbers.ts';
import { type Identity, textsOfKind } from './identities.ts';
import { HOST_SCHEMA, type HostColumns } from './schema.ts';
import type { SeenHosts } from './seen-hosts.ts';
import { rowSentence, type ToldRow } from './sentences.ts';
import {
  type IdentityColumns,
  identityColumns,
  type StoryColumns,
  storyColumns,
  type StoryLine,
} from './story-columns.ts';
import { storyOf } from './story.ts';
import { TRAFFIC } from './traffic.ts';

/** The hosts of the network, those to look at first before the others, with who they are and what they did. */
export interface HostTable extends HostColumns {
  length: number;
  /** Hosts that found no room. */
  leftOut: number;
  identities: IdentityColumns;
  story: StoryColumns;
  /** The texts of all columns. */
  texts: TextPool;
}

/** The connections that hosts are judged by. */
export interface JudgedConnections {
  connections: ScoredTable;
  triage: TriageColumns;
  rowFacts: RowFacts;
  /** Texts that the connections number. */
  addresses: readonly string[];
  names: readonly string[];
}

/** Texts of one kind in a cell of the list. */
const MOST_IN_CELL = 4;

/** A list without hosts: of flows of which nobody asks for hosts. */
export function noHosts(): HostTable {
  const texts = new DistinctTexts('');
  return {
    length: 0,
    leftOut: 0,
    ...createColumns(HOST_SCHEMA, 0),
    identities: identityColumns([], texts),
    story: storyColumns([], texts),
    texts: poolOf(texts.texts),
  };
}

/**
 * Lists the hosts of the network.
 *
 * @param hostOf the number of a row's host: its source, or whom it comes to from elsewhere; -1 for none
 * @param mostStories hosts with findings whose stories are told: those to look at first
 */
export function hostTable(
  { hosts, leftOut, identities, deeds, traffic }: SeenHosts,
  judged: JudgedConnections,
  hostOf: (row: number) => number,
  mostStories = Number.POSITIVE_INFINITY,
): HostTable {
  const { connections, triage, rowFacts } = judged;
  const findings = findingsOf(hosts.length, connections, triage, hostOf, (row) => rowFacts.lines(row));
  const twins = twinsOf(triage);
  const order = Uint32Array.from(hosts, (_, host) => host).sort(
    (a, b) => rankOf(findings[b].points) - rankOf(findings[a].points) || traffic.flows[b] - traffic.flows[a] || a - b,
  );
  const texts = new DistinctTexts('');
  const table = createColumns(HOST_SCHEMA, hosts.length);
  const told = (row: number): ToldRow => ({
    table: connections,
    row,
    destination: judged.addresses[connections.destination[row]],
    name: judged.names[connections.name[row]],
    lines: rowFacts.lines(row),
    byName: nameRhythmOfRow(triage, row),
    twins: twins.get(row) ?? 0,
  });
  let stories = 0;
  const allIdentities: Identity[] = [];
  const allLines: StoryLine[] = [];
  order.forEach((host, row) => {
    const { best, rows, points } = findings[host];
    const known = identities[host];
    writeAddresses(hosts[host], table, row, texts);
    if (known.length > 0) writeIdentities(known, table, row, texts);
    table.points[row] = points;
    table.findings[row] = rows.length;
    if (best >= 0) table.firstGroup[row] = connections.group[best];
    for (const identity of known) allIdentities.push(identity);
    if (stories < mostStories) {
      const toldRows = rows.map(told);
      if (best >= 0) table.why[row] = texts.numberOf(rowSentence(toldRows[0]?.row === best ? toldRows[0] : told(best)));
      const done = deeds[host];
      if (known.length + done.length + rows.length > 0) allLines.push(...storyOf(known, done, toldRows));
      if (rows.length > 0) stories++;
    }
    table.identityEnd[row] = allIdentities.length;
    table.storyEnd[row] = allLines.length;
  });
  for (const column of TRAFFIC) {
    const [from, to] = [traffic[column], table[column]];
    order.forEach((host, row) => (to[row] = from[host]));
  }
  return {
    length: hosts.length,
    leftOut,
    ...table,
    identities: identityColumns(allIdentities, texts),
    story: storyColumns(allLines, texts),
    texts: poolOf(texts.texts),
  };
}

/** How many rows are folded under each head. */
function twinsOf({ head }: TriageColumns): Map<number, number> {
  const twins = new Map<number, number>();
  head.forEach((of, row) => {
    if (of !== row) twins.set(of, (twins.get(of) ?? 0) + 1);
  });
  return twins;
}

/** Most hosts have one address and nothing else: what is empty keeps the columns' 0, the number of no text. */
function writeAddresses({ addresses, macs }: Host, table: HostColumns, row: number, texts: DistinctTexts): void {
  table.address[row] = texts.numberOf(addresses[0]);
  if (addresses.length > 1) table.otherAddresses[row] = texts.numberOf(joined(addresses.slice(1)));
  if (macs.length === 0) return;
  table.mac[row] = texts.numberOf(joined(macs.map(({ mac }) => mac)));
  table.vendor[row] = texts.numberOf(joined([...new Set(macs.map(({ vendor }) => vendor).filter(isText))]));
}

function writeIdentities(known: readonly Identity[], table: HostColumns, row: number, texts: DistinctTexts): void {
  table.names[row] = texts.numberOf(joined(textsOfKind(known, 'name')));
  table.users[row] = texts.numberOf(joined(textsOfKind(known, 'user')));
  table.domain[row] = texts.numberOf(joined(textsOfKind(known, 'domain')));
  table.system[row] = texts.numberOf(textsOfKind(known, 'system')[0] ?? '');
}

/** The first texts of some, with how many more there are. */
function joined(values: readonly string[]): string {
  const more = values.length - MOST_IN_CELL;
  return `${values.slice(0, MOST_IN_CELL).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function isText(text: string): boolean {
  return text !== '';
}

/** Hosts without a connection to look at come last. */
function rankOf(points: number): number {
  return Number.isNaN(points) ? Number.NEGATIVE_INFINITY : points;
}
