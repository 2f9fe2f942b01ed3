import { describe, expect, it } from 'vitest';
import { MergedFlows } from '../../../../src/analysis/connections/merged-flows.ts';
import { CONTINUED, RESUMED } from '../../../../src/analysis/flows/columns.ts';
import { seededRandom } from '../../../builders/random.ts';
import { flowColumns, tablesOf } from './flow-columns.ts';

const HALF_HOUR_MS = 1_800_000;

function inOrder(through: MergedFlows, members: readonly number[]): number[] {
  const target = new Uint32Array(members.length);
  through.inOrder(Uint32Array.from(members), target, new Float64Array(members.length));
  return [...target];
}

describe('SeenThrough', () => {
  it('puts flows in order of start, those that start together in order of emission', () => {
    const far = 2 ** 33;
    const through = new MergedFlows(
      flowColumns([{ firstMs: far + 5 }, { firstMs: 9 }, { firstMs: far }, { firstMs: 9 }, { firstMs: 3 }]),
    );
    expect(inOrder(through, [0, 1, 2, 3])).toEqual([1, 3, 2, 0]);
    expect(inOrder(through, [4, 1, 3, 2])).toEqual([4, 1, 3, 2]);
  });

  it('puts flows in order whose starts lie as far apart as times can', () => {
    const latest = 8.64e15;
    const through = new MergedFlows(
      flowColumns([{ firstMs: latest }, { firstMs: latest - 1 }, { firstMs: 0 }, { firstMs: latest - 1 }]),
    );
    expect(inOrder(through, [0, 1, 2, 3])).toEqual([2, 1, 3, 0]);
  });

  it('puts any number of flows in the order that sorting them by start and place gives', () => {
    const random = seededRandom(3);
    const starts = Array.from({ length: 1000 }, () => random.integer(0, 700));
    const through = new MergedFlows(flowColumns(starts.map((firstMs) => ({ firstMs }))));
    const places = starts.map((_, place) => place);
    expect(inOrder(through, places)).toEqual(places.toSorted((a, b) => starts[a] - starts[b] || a - b));
  });

  it('adds the bytes of later pieces to the first, by who sent them', () => {
    const { bytesSent } = new MergedFlows(
      flowColumns([
        { sourcePort: 50_000, ipBytesSent: 100, ipBytesReceived: 1000 },
        { sourcePort: 50_000, ipBytesSent: 20, ipBytesReceived: 2000, begin: CONTINUED, firstPiece: 0 },
        {
          source: '10.0.0.2',
          sourcePort: 443,
          destination: '10.0.0.1',
          port: 50_000,
          ipBytesSent: 3000,
          ipBytesReceived: 3,
          begin: CONTINUED,
          firstPiece: 0,
        },
        { ipBytesSent: 7 },
      ]),
    );
    expect([bytesSent[0], bytesSent[3]]).toEqual([123, 7]);
  });
});

describe('what RITA and rhythm are fed', () => {
  it('makes no beacon of a long download that the active timeout cuts', () => {
    const pieces = Array.from({ length: 12 }, (_, index) => ({
      firstMs: index * HALF_HOUR_MS,
      lastMs: (index + 1) * HALF_HOUR_MS,
      ...(index > 0 ? { begin: CONTINUED, firstPiece: 0 } : {}),
    }));
    const { connections } = tablesOf(pieces);
    expect(connections.continuedFlows[0]).toBe(11);
    expect(connections.rhythm.score[0]).toBeNaN();
    expect(connections.rita.score[0]).toBeNaN();
    expect(connections.notebook.tsMadmScore[0]).toBe(1);
  });

  it('makes no beacon of the server that sent first after each cut', () => {
    const pieces = Array.from({ length: 12 }, (_, index) => ({
      firstMs: index * HALF_HOUR_MS,
      ...(index > 0
        ? { source: '10.0.0.2', destination: '10.0.0.1', port: 40_000, begin: CONTINUED, firstPiece: 0 }
        : {}),
    }));
    const { connections } = tablesOf(pieces, { minFlows: 4 });
    expect([...connections.flows]).toEqual([11]);
    expect(connections.rhythm.score[0]).toBeNaN();
    expect(connections.unscored.rhythm[0]).toBeGreaterThan(0);
  });

  it('counts a session that speaks up after silence as check-ins, and says so', () => {
    const { connections } = tablesOf(
      Array.from({ length: 12 }, (_, index) => ({
        firstMs: index * 300_000,
        ...(index > 0 ? { begin: RESUMED } : {}),
      })),
    );
    expect(connections.resumedFlows[0]).toBe(11);
    expect(connections.rhythm.intervalS[0]).toBe(300);
    expect(connections.rhythm.present[0]).toBe(12);
  });

  it('counts connections that failed, and how many they are', () => {
    const { connections } = tablesOf(
      Array.from({ length: 10 }, (_, index) => ({ firstMs: index * 60_000, failed: index % 2 === 0 })),
    );
    expect(connections.failedFlows[0]).toBe(5);
    expect(connections.rhythm.present[0]).toBe(10);
  });

  it('takes IP bytes for RITA and wire bytes for the notebook', () => {
    const { connections } = tablesOf(
      Array.from({ length: 10 }, (_, index) => ({
        firstMs: index * 60_000,
        bytesSent: 500,
        ipBytesSent: 100 * 2 ** index,
      })),
    );
    expect(connections.notebook.dsMid[0]).toBe(500);
    expect(connections.rita.sizes[0]).toBeLessThan(1);
  });
});
