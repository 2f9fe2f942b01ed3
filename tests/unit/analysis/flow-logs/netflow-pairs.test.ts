import { expect, it } from 'vitest';
import { type Half, NetflowPairs } from '../../../../src/analysis/flow-logs/suricata-netflow.ts';

function half(number: number, key: string, source = '10.0.0.1', destination = '203.0.113.9'): Half {
  return {
    ends: { source, destination, sourcePort: 4000, destinationPort: 443, protocol: 6, vlanId: 0, application: 0, key },
    firstMs: number,
    lastMs: number,
    packets: 1,
    bytes: 40,
    number,
  };
}

it('gives each half once, however many wait, and pairs those that come soon', () => {
  const given: [number, number | null][] = [];
  const pairs = new NetflowPairs((first, second) => given.push([first.number, second?.number ?? null]));
  const count = 150_000;
  for (let number = 0; number < count; number++) pairs.add(half(number, `flow ${number}`));
  pairs.add(half(count, `flow ${count - 1}`, '203.0.113.9', '10.0.0.1'));
  pairs.add(half(count + 1, `flow ${count - 2}`));
  // What waits is bounded: of those that no other half came for soon most are given by now.
  expect(given.length).toBeGreaterThanOrEqual(count - 2 ** 17);
  pairs.end();
  expect(given).toContainEqual([count - 1, count]);
  expect(given).toContainEqual([count - 2, null]);
  expect(given.map(([first]) => first).toSorted((a, b) => a - b)).toEqual([
    ...Array.from({ length: count }, (_, number) => number),
    count + 1,
  ]);
});
