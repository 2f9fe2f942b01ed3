import { expect, it } from 'vitest';
import { flowEnds, MOST_ENDS } from '../../../../src/analysis/connections/flow-ends.ts';
import { flowColumns, type FlowRow } from './flow-columns.ts';

function endsOf(rows: readonly FlowRow[]): ReturnType<typeof flowEnds> {
  return flowEnds(
    flowColumns(rows),
    Uint32Array.from(rows, (_, flow) => flow),
  );
}

it('tells where flows go, most used first, each end once', () => {
  const { ends, otherEnds } = endsOf([
    { destination: '10.0.0.3', port: 65_535, protocol: 17 },
    { destination: '10.0.0.2', port: 443 },
    { destination: '10.0.0.2', port: 443 },
    { destination: '10.0.0.2', port: 0, protocol: 1 },
  ]);
  expect(ends).toEqual([
    { address: '10.0.0.2', protocol: 6, port: 443 },
    { address: '10.0.0.3', protocol: 17, port: 65_535 },
    { address: '10.0.0.2', protocol: 1, port: 0 },
  ]);
  expect(otherEnds).toBe(0);
});

it('counts the ends that there is no room for', () => {
  const { ends, otherEnds } = endsOf(Array.from({ length: MOST_ENDS + 3 }, (_, port) => ({ port })));
  expect(ends).toHaveLength(MOST_ENDS);
  expect(otherEnds).toBe(3);
});
