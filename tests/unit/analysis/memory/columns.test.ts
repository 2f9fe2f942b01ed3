import { afterEach, describe, expect, it, vi } from 'vitest';
import { columnOf } from '../../../../src/analysis/memory/columns.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';
import { analyze } from '../../../../src/analysis/pipeline.ts';
import { numbered, packet } from '../../../builders/hostile/frames.ts';
import { ethernet, ETHERTYPE_IPV4 } from '../../../builders/ethernet.ts';
import { pcap } from '../../../builders/pcap.ts';
import { SYN, tcp } from '../../../builders/tcp.ts';
import { files } from '../flow-logs/read-logs.ts';

const FLOWS = 3000;
/** What every typed array's own `from` is. */
const TypedArray = Object.getPrototypeOf(Uint8Array) as typeof Uint8Array;

function flood(): Uint8Array {
  const payload = tcp({ sourcePort: 5000, destinationPort: 443, flags: SYN });
  return pcap({
    packets: Array.from({ length: FLOWS }, (_, index) => {
      const content = packet(numbered(10, index), numbered(48, index), 6, payload);
      const data = ethernet({ etherType: ETHERTYPE_IPV4, payload: content });
      return { seconds: 1_772_438_400 + index, nanoseconds: 0, data };
    }),
  });
}

function rows(): string {
  const lines = Array.from({ length: FLOWS }, (_, row) => `${numbered(10, row)},2001:db8::${row},443,${1000 + row}\n`);
  return `src_ip,dst_ip,dst_port,bidirectional_first_seen_ms\n${lines.join('')}`;
}

describe('a column of what some values say', () => {
  afterEach(() => vi.restoreAllMocks());

  it('has a number for each, by value and place', () => {
    expect(columnOf(Uint16Array, ['a', 'bcd'], (text, place) => 10 * place + text.length)).toEqual(
      Uint16Array.of(1, 13),
    );
  });

  it.each([
    ['packets', flood()],
    ['a log', rows()],
  ])('is made without a list of them: flows of %s that are all of other hosts', async (_, content) => {
    const from = vi.spyOn(TypedArray, 'from');
    const analysis = await analyze(files(content), DEFAULT_SETTINGS);
    const report = analysis.report({ ...DEFAULT_SETTINGS, minFlows: 0, watch: '10.0.0.9', allow: '48.0.0.9' });
    expect(report.connections.length).toBe(FLOWS);
    const listed = from.mock.calls.filter(([values, of]) => {
      return of !== undefined && Symbol.iterator in values && [...values].length >= FLOWS;
    });
    expect(from).toHaveBeenCalled();
    expect(listed).toEqual([]);
  });
});
