import { CONTINUED, firstMsOf, type FlowColumns } from '../flows/columns.ts';
import { sourceIndex } from '../flows/name-sources.ts';
import { isUnderWay } from '../flows/observed.ts';
import { Mode } from '../memory/mode.ts';
import { NumberTable } from '../memory/number-table.ts';
import { STEADY_RHYTHM } from '../scores/rhythm-levels.ts';
import { LEAST_VISITS } from '../scores/rhythm-scales.ts';
import { createRhythmScratch } from '../scores/rhythm-scratch.ts';
import { scoreRhythm } from '../scores/rhythm.ts';
import { sortAscending } from '../scores/statistics.ts';
import { APPLICATIONS } from '../protocols/application-ids.ts';
import { type NameRhythm, NO_NAME_RHYTHM } from './facts.ts';
import type { NameTraits } from './names/traits.ts';
import { isTelling } from './rules/rule.ts';
import { trafficCategoryOf } from './traffic-category.ts';

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
    const members: number[][] = [];
    for (let flow = 0; flow < flows.length; flow++) {
      const name = nameOf(flow);
      if (moving[name] === 0 || !isCounted(flow) || traitsOf(name).vendor || !isTellingFlow(flows, flow)) continue;
      const pair = pairs.numberOf(flows.source[flow] * flows.names.length + name);
      (members[pair] ??= []).push(flow);
    }
    const scratch = createRhythmScratch();
    for (const together of members) this.add(flows, together, scratch);
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

  /** Keeps the rhythm of one host's flows to one name, where there is one over several addresses. */
  private add(flows: FlowColumns, members: readonly number[], scratch: ReturnType<typeof createRhythmScratch>): void {
    if (members.length < LEAST_VISITS) return;
    const addresses = new Set(members.map((flow) => flows.destination[flow])).size;
    if (addresses < 2) return;
    const starts = Float64Array.from(members, (flow) => firstMsOf(flows, flow));
    sortAscending(starts);
    const found = scoreRhythm(starts, scratch);
    if (found.score === null || found.score < STEADY_RHYTHM) return;
    for (const flow of members) this.ofFlow[flow] = this.rhythms.length;
    this.rhythms.push({ score: found.score, intervalS: found.intervalS, flows: members.length, addresses });
  }
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
