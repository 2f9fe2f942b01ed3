import { expect, it } from 'vitest';
import { placedLabels } from '../../../../src/views/charts/time-axis.tsx';

it('labels of an axis stay inside of it and lie apart', () => {
  const labels = ['08:10:55.000', '08:10:55.050', '08:10:55.100', '08:10:55.150'];
  expect(placedLabels([0, 100, 240, 399], labels, 400)).toEqual([
    { x: 0, label: '08:10:55.000', anchor: 'start' },
    { x: 240, label: '08:10:55.100', anchor: 'middle' },
    { x: 399, label: '08:10:55.150', anchor: 'end' },
  ]);
  expect(placedLabels([50, 330], ['08:30:00', '09:00:00'], 340)).toEqual([
    { x: 50, label: '08:30:00', anchor: 'middle' },
    { x: 330, label: '09:00:00', anchor: 'end' },
  ]);
});
