import { expect, it } from 'vitest';
import { sameFlows } from '../../../../src/analysis/flow-logs/same-flows.ts';
import { flowColumns } from '../connections/flow-columns.ts';

const COUNT = 5000;

/** The same flows over, of one file, all between the same ends and of one time; a row's key is its number modulo `keys`. */
function found(keys: number, hasKeys: boolean) {
  const flows = flowColumns(Array.from({ length: COUNT }, () => ({ firstMs: 1000, lastMs: 2000 })));
  let compared = 0;
  const { dropped } = sameFlows(flows, COUNT, {
    areSeveralFiles: false,
    areOfOneFile: () => true,
    haveSameKey: (a, b) => {
      compared++;
      return hasKeys && a % keys === b % keys;
    },
    keyOf: (row) => (hasKeys ? { high: 1, low: row % keys } : null),
  });
  return { compared, dropped };
}

it('rows that only their keys tell apart take work in proportion, and are told apart', () => {
  const { compared, dropped } = found(COUNT, true);
  expect(dropped).toBe(0);
  expect(compared).toBeLessThan(70 * COUNT);
});

it('the same keys are the same however many others are between', () => {
  expect(found(COUNT / 2, true).dropped).toBe(COUNT / 2);
});

it('rows without keys take no more', () => {
  const { compared, dropped } = found(1, false);
  expect(dropped).toBe(0);
  expect(compared).toBeLessThan(70 * COUNT);
});
