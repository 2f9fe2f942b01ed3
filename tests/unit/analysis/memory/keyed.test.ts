import { afterEach, describe, expect, it, vi } from 'vitest';
import { groupFlows } from '../../../../src/analysis/flows/group.ts';
import { ALL_OBSERVED, OBSERVED } from '../../../../src/analysis/flows/observed.ts';
import { LoggedQuestions } from '../../../../src/analysis/flow-logs/questions.ts';
import { Arrivals } from '../../../../src/analysis/triage/arrivals.ts';
import { Prevalence } from '../../../../src/analysis/triage/prevalence.ts';
import { flowColumns } from '../connections/flow-columns.ts';

const HOSTS = 100;
/** What numbers of an input that are not keyed stay below: pairs of a hundred and one addresses. */
const LARGEST_PAIR = 101 * 101;
/** Flows of one host to many others, all of which were under way when the capture began. */
const flows = flowColumns(
  Array.from({ length: HOSTS }, (_, host) => {
    return { destination: `10.1.0.${host}`, observed: ALL_OBSERVED & ~OBSERVED.begin };
  }),
);

/** The numbers that something is kept under while some work is done. */
function numbersKept(work: () => void): number[] {
  const spies = [vi.spyOn(Map.prototype, 'set'), vi.spyOn(Set.prototype, 'add')];
  work();
  return spies
    .flatMap(({ mock }) => mock.calls.map(([key]: unknown[]) => key))
    .filter((key) => typeof key === 'number');
}

describe('what an input chooses the numbers of is kept under others, that nobody can choose', () => {
  afterEach(() => vi.restoreAllMocks());

  it.each<[string, () => unknown]>([
    ['pairs of hosts that talked before', () => new Arrivals(flows, 0)],
    [
      'pairs of which nothing tells who began',
      () => new Prevalence(flows, groupFlows(flows, 'src,dst'), new Uint8Array(HOSTS + 1).fill(1)),
    ],
  ])('%s', (_, work) => {
    const kept = numbersKept(work).filter((key) => key > LARGEST_PAIR);
    expect(kept.length).toBeGreaterThan(HOSTS - 10);
  });

  it('addresses that clients were told', () => {
    const numberOf = (text: string): number => Number(text.split('.').at(-1));
    const questions = new LoggedQuestions(null, numberOf, () => 1);
    const question = { type: 1, isZoneless: false, isAsked: true, isAnswered: true, name: 'a.example', ms: 0 };
    const ends = { client: '10.0.0.0', resolver: '10.0.0.53' };
    const kept = numbersKept(() => {
      for (let host = 0; host < HOSTS; host++)
        questions.add({ ...question, ...ends, ms: host, answers: [`10.1.0.${host}`] });
    });
    expect(kept.filter((key) => key > LARGEST_PAIR).length).toBeGreaterThan(HOSTS - 10);
    expect(Array.from({ length: HOSTS }, (_, host) => questions.nameFor(0, host, HOSTS))).toEqual(Array(HOSTS).fill(1));
  });
});
