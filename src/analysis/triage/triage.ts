import type { Groups } from '../flows/group.ts';
import { poolOf } from '../memory/text-pool.ts';
import type { ScoredTable } from '../connections/scored-table.ts';
import { BADGES, badgeOf } from './badge.ts';
import { createTriageColumns, type FactColumns, LINE_WORDS, type TriageColumns } from './columns.ts';
import { twinColumns } from './fact-columns.ts';
import { rhythmScoreOf } from './facts.ts';
import { foldTwins } from './fold.ts';
import type { GroupFacts } from './group-facts.ts';
import { sumOf } from './lines.ts';
import type { List } from '../lists/list.ts';
import { entryWords, type ListMatches } from './list-matches.ts';
import { NOVELTY, type Novelty } from './novelty.ts';
import type { TraitCache } from './names/traits.ts';
import { triageOrder } from './order.ts';
import { RowFacts } from './row-facts.ts';
import { prevalenceGap } from './rules/prevalence-rules.ts';
import type { ListSummary, TriageSummary } from './summary.ts';

/**
 * Points, badges and fold of listed connections. The columns of `facts` are in the result as they are.
 *
 * @param names texts of the names that the table numbers
 */
export function triageTable(
  groups: Groups,
  table: ScoredTable,
  facts: FactColumns,
  groupFacts: GroupFacts,
  names: readonly string[],
  marks: ListMatches,
  traits: TraitCache,
  novelty: Novelty | null,
): { triage: TriageColumns; summary: Omit<TriageSummary, 'internalTaken' | 'internalProblems'> } {
  const triage: TriageColumns = { ...createTriageColumns(table.length), ...facts };
  const { hosts, internalAddresses, staysInternal } = groupFacts;
  const watched = applyLists(groups, table, marks, triage);
  if (novelty !== null) applyBaseline(groups, table, novelty, triage);
  const baseline = novelty?.summary ?? null;
  const rowFacts = new RowFacts(
    { table, triage, names, watched, domains: groupFacts.dns.texts, hosts, staysInternal, baseline },
    traits,
  );
  for (let row = 0; row < table.length; row++) {
    const known = rowFacts.of(row);
    const { total, bits } = sumOf(known);
    triage.total[row] = total;
    triage.lines.set(bits, row * LINE_WORDS);
    triage.badge[row] = BADGES.indexOf(badgeOf(rhythmScoreOf(known), total));
  }
  const order = triageOrder({ ...triage, strength: table.joined.strength, flows: table.flows });
  triage.head = foldTwins(order, triage.setAside, twinColumns(table, triage));
  return {
    triage,
    summary: {
      hosts,
      internalAddresses,
      staysInternal,
      prevalenceGap: prevalenceGap(hosts),
      setAside: countIf(triage.setAside, (aside) => aside === 1),
      folded: countIf(triage.head, (head, row) => head !== row),
      baseline:
        baseline === null
          ? null
          : { ...baseline, newRows: countIf(triage.novelty, (bits) => (bits & NOVELTY.destination) !== 0) },
      watchHits: countIf(triage.watched, (hit) => hit !== 0),
      watched: poolOf(watched),
      allow: listSummary(marks.allow),
      watch: listSummary(marks.watch),
    },
  };
}

/** Writes what the lists say of each row; gives the words on watched entries that the rows number. */
function applyLists(groups: Groups, table: ScoredTable, marks: ListMatches, triage: TriageColumns): string[] {
  const words = new Map([['', 0]]);
  for (let row = 0; row < table.length; row++) {
    const group = table.group[row];
    const members = groups.order.subarray(groups.offsets[group], groups.offsets[group + 1]);
    triage.setAside[row] = marks.isSetAside(members) ? 1 : 0;
    const entry = marks.watchedEntry(members);
    const word = entry === null ? '' : entryWords(entry);
    if (!words.has(word)) words.set(word, words.size);
    triage.watched[row] = words.get(word) ?? 0;
  }
  return [...words.keys()];
}

/** Writes what the baseline does not know of each row. */
function applyBaseline(groups: Groups, table: ScoredTable, novelty: Novelty, triage: TriageColumns): void {
  for (let row = 0; row < table.length; row++) {
    const group = table.group[row];
    const { bits, hosts } = novelty.of(groups.order.subarray(groups.offsets[group], groups.offsets[group + 1]));
    triage.novelty[row] = bits;
    triage.hostsBefore[row] = hosts;
  }
}

function listSummary({ entries, others, problems }: List): ListSummary {
  const pairs = entries.reduce((count, { indicator }) => count + (indicator.kind === 'pair' ? 1 : 0), 0);
  return { entries: entries.length, pairs, others, problems };
}

function countIf(column: Uint8Array | Uint32Array, holds: (value: number, row: number) => boolean): number {
  let count = 0;
  for (let row = 0; row < column.length; row++) if (holds(column[row], row)) count++;
  return count;
}
