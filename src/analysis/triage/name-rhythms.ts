import { columnOf } from '../memory/columns.ts';
import { CONTINUED, firstMsOf, type FlowColumns } from '../flows/columns.ts';
import { sourceIndex } from '../flows/name-sources.ts';
import { isUnderWay } from '../flows/observed.ts';
import { Mode } from '../memory/mode.ts';
import { NumberTable } from '../memory/number-table.ts';
import { STEADY_RHYTHM } from '../scores/rhythm-levels.ts';
import { LEAST_VISITS } from '../scores/rhythm-scales.ts';
import { createRhythmScratch, type RhythmScratch } from '../scores/rhythm-scratch.ts';
import { scoreRhythm } from '../scores/rhythm.ts';
import { sortAscending } from '../scores/statistics.ts';
import { membersOf, sortInto } from '../sessions/groups.ts';
import { APPLICATIONS } from '../protocols/application-ids.ts';
import type { FactColumns } from './columns.ts';
import { type NameRhythm, NO_NAME_RHYTHM } from './facts.ts';
import type { NameTraits } from './names/traits.ts';
import { isTelling } from './rules/rule.ts';
import { trafficCategoryOf } from './traffic-category.ts';

/** Share of a name's flows from which on one address has them all but for a few. */
const MOST_OF_ONE = 0.8;

type NameRhythmColumns = Pick<FactColumns, 'byNameScore' | 'byNameIntervalS' | 'byNameFlows' | 'byNameAddresses'>;

const FROM_QUESTION = sourceIndex('dns');

/**
 * Which names hosts call on a steady rhythm at several addresses. What stands behind a content delivery network, or moves
 * from address to address, is called at another one every time: of each alone there are few check-ins, with gaps of chance.
 */
export class NameRhythms {
  private readonly rhythms: NameRhythm[] = [NO_NAME_RHYTHM];
  /** By flow: which of `rhythms` it belongs to. */
  private readonly ofFlow: Uint32Array;
  private readonly mode: Mode;

  /** @param traitsOf what names say by their number: a vendor's software polls, and is known by its name */
  constructor(flows: FlowColumns, isGoing: (flow: number) => boolean, traitsOf: (name: number) => NameTraits) {
    this.ofFlow = new Uint32Array(flows.length);
    this.mode = new Mode(this.ofFlow);
    const nameOf = (flow: number): number => {
      const { name, nameSource, resolvedName } = flows;
      if (name[flow] !== 0) return nameSource[flow] === FROM_QUESTION ? 0 : name[flow];
      return resolvedName[flow];
    };
    const isCounted = (flow: number): boolean =>
      nameOf(flow) !== 0 && flows.begin[flow] !== CONTINUED && isGoing(flow) && !isUnderWay(flows, flow);
    const moving = movingNames(flows, nameOf, isCounted);
    // Of a flood of names none is left here: only those with flows to several addresses take room.
    const pairs = new NumberTable();
    for (let flow = 0; flow < flows.length; flow++) {
      const name = nameOf(flow);
      if (moving[name] === 0 || !isCounted(flow) || traitsOf(name).vendor || !isTellingFlow(flows, flow)) continue;
      this.ofFlow[flow] = pairs.numberOf(flows.source[flow] * flows.names.length + name) + 1;
    }
    if (pairs.count === 0) return;
    const scratch = createRhythmScratch();
    // Group 0 is of flows that belong to no pair.
    const grouped = sortInto(pairs.count + 1, this.ofFlow);
    for (let pair = 1; pair <= pairs.count; pair++) {
      const together = membersOf(grouped, pair);
      const rhythm = rhythmOf(flows, together, scratch);
      for (const flow of together) this.ofFlow[flow] = rhythm === null ? 0 : this.rhythms.length;
      if (rhythm !== null) this.rhythms.push(rhythm);
    }
  }

  /** Number of the rhythm that most of some flows belong to; 0 for none. */
  of(members: Uint32Array): number {
    this.mode.count(members);
    return this.mode.value;
  }

  /** Whether a flow belongs to one. */
  has(flow: number): boolean {
    return this.ofFlow[flow] !== 0;
  }

  at(number: number): NameRhythm {
    return this.rhythms[number];
  }
}

/** The rhythm of one host's flows to one name, where there is a steady one over several addresses; else null. */
function rhythmOf(flows: FlowColumns, members: Uint32Array, scratch: RhythmScratch): NameRhythm | null {
  const { destination } = flows;
  const { addresses, most, often } = countEnds(columnOf(Uint32Array, members, (flow) => destination[flow]));
  if (addresses < 2 || most > MOST_OF_ONE * members.length) return null;
  const found = steadyOf(flows, members, scratch);
  if (found === null) return null;
  // What is steady at one of them is that connection's own rhythm, however irregular the others are in between.
  const ofOne = members.filter((flow) => destination[flow] === often);
  return steadyOf(flows, ofOne, scratch) === null ? { ...found, flows: members.length, addresses } : null;
}

/** The rhythm of some flows, where it is a steady one; else null. */
function steadyOf(
  flows: FlowColumns,
  members: Uint32Array,
  scratch: RhythmScratch,
): Pick<NameRhythm, 'score' | 'intervalS'> | null {
  if (members.length < LEAST_VISITS) return null;
  const starts = columnOf(Float64Array, members, (flow) => firstMsOf(flows, flow));
  sortAscending(starts);
  const found = scoreRhythm(starts, scratch);
  return found.score === null || found.score < STEADY_RHYTHM ? null : found;
}

/** How many different numbers there are among some, which are sorted by it, and which comes most often, and how often. */
function countEnds(numbers: Uint32Array): { addresses: number; most: number; often: number } {
  numbers.sort();
  let [addresses, most, often, since] = [0, 0, 0, 0];
  for (let at = 0; at < numbers.length; at++) {
    if (at === 0 || numbers[at] !== numbers[at - 1]) {
      addresses++;
      since = at;
    }
    if (at + 1 - since > most) [most, often] = [at + 1 - since, numbers[at]];
  }
  return { addresses, most, often };
}

/** The rhythm that a row's name is called on, by its columns. */
export function nameRhythmOfRow(columns: NameRhythmColumns, row: number): NameRhythm {
  return {
    score: columns.byNameScore[row],
    intervalS: columns.byNameIntervalS[row],
    flows: columns.byNameFlows[row],
    addresses: columns.byNameAddresses[row],
  };
}

/** Whether a flow is of no service that looks alike whoever sends it: pools of clocks have one name and many addresses. */
function isTellingFlow({ application, protocol, destinationPort }: FlowColumns, flow: number): boolean {
  return isTelling({
    category: trafficCategoryOf(APPLICATIONS[application[flow]], protocol[flow], destinationPort[flow]),
  });
}

/** By name: 1 for one with enough flows for a rhythm, and to several addresses. */
function movingNames(
  { length, names, destination }: FlowColumns,
  nameOf: (flow: number) => number,
  isCounted: (flow: number) => boolean,
): Uint8Array {
  const counts = new Uint32Array(names.length);
  const first = new Uint32Array(names.length);
  const moves = new Uint8Array(names.length);
  for (let flow = 0; flow < length; flow++) {
    if (!isCounted(flow)) continue;
    const name = nameOf(flow);
    if (counts[name]++ === 0) first[name] = destination[flow];
    else if (first[name] !== destination[flow]) moves[name] = 1;
  }
  return moves.map((moving, name) => (counts[name] >= LEAST_VISITS ? moving : 0));
}
