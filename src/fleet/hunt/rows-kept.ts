import { triageOrder } from '../../analysis/triage/order.ts';
import type { Report } from '../../analysis/report/report.ts';
import { pickedRows } from './merge.ts';

/**
 * Keeps of several reports the rows that come first in the order of triage over all of them, at most `most`: what is
 * shown in the end is among them, and memory is bounded however many connections a hunt has.
 */
export function firstRows(reports: readonly Report[], most: number): Report[] {
  const length = reports.reduce((sum, { connections }) => sum + connections.length, 0);
  if (length <= most) return [...reports];
  const order = {
    total: new Float64Array(length),
    strength: new Float64Array(length),
    setAside: new Uint8Array(length),
    flows: new Uint32Array(length),
  };
  const starts: number[] = [];
  let at = 0;
  for (const { connections } of reports) {
    order.total.set(connections.triage.total, at);
    order.strength.set(connections.joined.strength, at);
    order.setAside.set(connections.triage.setAside, at);
    order.flows.set(connections.flows, at);
    starts.push(at);
    at += connections.length;
  }
  const kept = triageOrder(order).slice(0, most).sort();
  return reports.map((report, place) => {
    const start = starts[place];
    const own = kept.filter((row) => row >= start && row < start + report.connections.length);
    return pickedRows(
      report,
      own.map((row) => row - start),
    );
  });
}
