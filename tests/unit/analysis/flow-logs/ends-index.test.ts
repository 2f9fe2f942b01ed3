import { expect, it } from 'vitest';
import { type Ends, endsHash, haveSameEnds } from '../../../../src/analysis/flow-logs/ends-index.ts';

/** Flows whose addresses' numbers and ports are chosen so that they undo each other. */
function cancelling(count: number): Ends {
  const numbers = Uint32Array.from({ length: count }, (_, index) => index);
  const ports = numbers.map((number) => number ^ 0x5555);
  const [source, sourcePort] = [numbers, Uint16Array.from(ports)];
  const protocol = new Uint8Array(count).fill(6);
  return { source, sourcePort, destination: numbers, destinationPort: sourcePort, protocol };
}

it('hashes apart ends whose addresses and ports undo each other', () => {
  const flows = cancelling(5000);
  const hashes = Array.from({ length: 5000 }, (_, flow) => endsHash(flows, flow));
  expect(new Set(hashes).size).toBeGreaterThan(4990);
});

it('hashes both directions alike', () => {
  const flows: Ends = {
    source: Uint32Array.of(1, 2),
    sourcePort: Uint16Array.of(5000, 80),
    destination: Uint32Array.of(2, 1),
    destinationPort: Uint16Array.of(80, 5000),
    protocol: Uint8Array.of(6, 6),
  };
  expect(haveSameEnds(flows, 0, 1)).toBe(true);
  expect(endsHash(flows, 0)).toBe(endsHash(flows, 1));
});
