import { describe, expect, it } from 'vitest';
import { FlowSpans, type FlowTimes } from '../../../../src/analysis/net/flow-spans.ts';

const TCP = { protocol: 6 };

/** Flows of TCP, each from a port for some time. */
function flows(...times: [port: number, startMs: number, endMs: number][]): FlowTimes {
  return {
    protocol: Uint8Array.from(times, () => TCP.protocol),
    sourcePort: Uint16Array.from(times, ([port]) => port),
    startMs: Float64Array.from(times, ([, startMs]) => startMs),
    endMs: Float64Array.from(times, ([, , endMs]) => endMs),
  };
}

describe('FlowSpans', () => {
  const spans = new FlowSpans();
  spans.add(flows([5000, 100, 200], [5000, 700, 800], [5001, 0, 1000]), 0);
  spans.add(flows([5000, 400, 500]), 1);

  it.each([
    [5000, 99.5, 0],
    [5000, 200.9, 0],
    [5000, 300, -1],
    [5000, 450, 1],
    [5000, 750, 0],
    [5000, 900, -1],
    [5001, 300, 0],
    [5002, 300, -1],
  ])('tells whose flow is at port %i at %d ms', (port, atMs, owner) => {
    expect(spans.ownerAt(TCP, port, atMs)).toBe(owner);
  });

  it('tells UDP from TCP', () => {
    expect(spans.ownerAt({ protocol: 17 }, 5000, 150)).toBe(-1);
  });

  it('finds a flow that lasts while others come and go', () => {
    const long = new FlowSpans();
    long.add(flows([7, 0, 10_000], [7, 100, 200]), 0);
    expect(long.ownerAt(TCP, 7, 5000)).toBe(0);
  });
});
