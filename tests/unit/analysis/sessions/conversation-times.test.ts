import { describe, expect, it } from 'vitest';
import { ConversationTimes } from '../../../../src/analysis/sessions/conversation-times.ts';
import { seededRandom } from '../../../builders/random.ts';
import { flowColumns, type FlowRow } from '../connections/flow-columns.ts';

const START = 1_772_438_400_000;
const all = (flows: number): Uint32Array => Uint32Array.from({ length: flows }, (_, flow) => flow);

/** Flows of a conversation that begins anew every other minute, each of a moment. */
const anew = (flows: number): FlowRow[] =>
  Array.from({ length: flows }, (_, flow) => ({
    firstMs: START + 130_000 * flow,
    lastMs: START + 130_000 * flow + 5,
  }));

/** Flows that are looked at where each of as many sessions asks for its own. */
function looked(rows: readonly FlowRow[]): number {
  const flows = flowColumns(rows);
  const times = new ConversationTimes(flows);
  const members = all(flows.length);
  rows.forEach(({ firstMs = 0 }, flow) => expect([...times.within(7, members, firstMs, firstMs + 1)]).toContain(flow));
  return times.looked;
}

describe('ConversationTimes', () => {
  it.each([3, 16, 17, 200])('finds the flows within some time as looking through all would: %i of them', (count) => {
    const random = seededRandom(count);
    const rows = Array.from({ length: count }, () => {
      const firstMs = START + random.integer(0, 100_000);
      return { firstMs, lastMs: firstMs + random.integer(0, random.integer(0, 9) === 0 ? 90_000 : 900) };
    });
    const times = new ConversationTimes(flowColumns(rows));
    for (let round = 0; round < 100; round++) {
      const startMs = START + random.integer(-1000, 101_000);
      const endMs = startMs + random.integer(0, 3000);
      const wanted = rows.flatMap(({ firstMs, lastMs }, flow) => (firstMs <= endMs && lastMs >= startMs ? [flow] : []));
      expect([...times.within(0, all(count), startMs, endMs)]).toEqual(wanted);
    }
  });

  it('looks at hardly more flows for each session where a conversation has many', () => {
    const [few, many] = [looked(anew(500)), looked(anew(4000))];
    expect(many).toBeLessThan(16 * few);
  });

  it('does so, too, where one flow lasts for all of the time', () => {
    const lasting = (flows: number): FlowRow[] => [{ firstMs: START - 5, lastMs: START + 1e9 }, ...anew(flows)];
    expect(looked(lasting(4000))).toBeLessThan(16 * looked(lasting(500)));
  });
});
