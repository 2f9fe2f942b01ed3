import { bufferSource, type ByteSource } from 'pcap-ts-parser';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { flowEnds } from '../../../../src/analysis/connections/flow-ends.ts';
import { groupFlows } from '../../../../src/analysis/flows/group.ts';
import { ALL_OBSERVED, OBSERVED } from '../../../../src/analysis/flows/observed.ts';
import { LoggedQuestions } from '../../../../src/analysis/flow-logs/questions.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';
import { Prevalence } from '../../../../src/analysis/triage/prevalence.ts';
import { follow } from '../../../../src/evidence/follow.ts';
import { readEvidence } from '../../../../src/evidence/read-evidence.ts';
import { pcap } from '../../../builders/pcap.ts';
import { type Sent, timedUdp } from '../../../builders/sessions/timed.ts';
import { flowColumns } from '../connections/flow-columns.ts';

const HOSTS = 100;
const ENDS = {
  source: '10.0.0.1',
  destination: '203.0.113.9',
  port: 5000,
  sourcePort: null,
  protocol: 17,
  spanMs: null,
};
const SAID: Sent[] = [{ at: 0, from: 'client', bytes: 4 }];
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

  it('pairs of which nothing tells who began', () => {
    const groups = groupFlows(flows, 'src,dst');
    const kept = numbersKept(() => new Prevalence(flows, groups, new Uint8Array(HOSTS + 1).fill(1)));
    expect(kept.filter((key) => key > LARGEST_PAIR).length).toBeGreaterThan(HOSTS - 10);
  });

  it('ends of a connection, which come out as they are', () => {
    const ports = flowColumns(Array.from({ length: HOSTS }, (_, port) => ({ protocol: 1, port })));
    const members = Uint32Array.from({ length: HOSTS }, (_, flow) => flow);
    let found: ReturnType<typeof flowEnds>['ends'] = [];
    const kept = numbersKept(() => (found = flowEnds(ports, members).ends));
    // The number of its address is 1: as they are, they would all be in a row.
    const first = (256 + 1) * 65_536;
    expect(kept.filter((key) => key < first || key >= first + HOSTS).length).toBeGreaterThan(HOSTS - 10);
    expect(found.slice(0, 2)).toEqual([0, 1].map((port) => ({ address: '10.0.0.2', protocol: 1, port })));
  });

  it.each<[string, (source: ByteSource) => Promise<unknown>]>([
    ['read for requests', (source) => readEvidence([source], [[ENDS]], DEFAULT_SETTINGS)],
    ['beside the one that is followed', (source) => follow([source], [ENDS], DEFAULT_SETTINGS)],
  ])('flows %s', async (_, reading) => {
    const server = { address: ENDS.destination, port: ENDS.port };
    const packets = Array.from({ length: HOSTS }, (_index, flow) =>
      timedUdp({ client: { address: ENDS.source, port: 1024 + flow }, server, start: 1_700_000_000 + flow }, SAID),
    );
    const source = bufferSource(pcap({ packets: packets.flat() }), 'said');
    const spies = [vi.spyOn(Map.prototype, 'set'), vi.spyOn(Set.prototype, 'add')];
    await reading(source);
    const kept = spies.flatMap(({ mock }) => mock.calls.map(([key]: unknown[]) => key));
    const isPlain = (key: unknown): boolean => {
      const [client, called] = [Math.floor(Number(key) / 65_536) % 65_536, Number(key) % 65_536];
      return called === ENDS.port ? client >= 1024 && client < 1024 + HOSTS : client === ENDS.port;
    };
    // Of those whose requests are read the first ones alone are kept.
    expect(kept.filter((key) => typeof key === 'number').length).toBeGreaterThan(HOSTS / 2);
    expect(kept.filter(isPlain)).toEqual([]);
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
