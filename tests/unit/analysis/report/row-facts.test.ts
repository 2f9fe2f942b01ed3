import { describe, expect, it } from 'vitest';
import { nameRhythmOf, rhythmLead } from '../../../../src/analysis/report/row-facts.ts';
import { reportOf } from '../../state/reports.ts';

describe('the rhythm of a name at several addresses', () => {
  const connections = (score: number) => {
    const rhythm = { score, strength: 1, intervalS: 200, jitter: 0.1, present: 9, expected: 9, silences: 0, extra: 0 };
    const table = reportOf([{ source: '10.0.0.5', destination: '192.0.2.9', rhythm }]).connections;
    table.triage.byName[0] = 1;
    table.triage.byNameScore[0] = 0.9;
    table.triage.byNameIntervalS[0] = 58;
    table.triage.byNameFlows[0] = 110;
    table.triage.byNameAddresses[0] = 4;
    return table;
  };

  it('comes before what the address shows alone', () => {
    expect(nameRhythmOf(connections(0.2), 0)).toEqual({ score: 0.9, intervalS: 58, flows: 110, addresses: 4 });
    expect(rhythmLead(connections(0.2), 0)).toBe(
      'its name is called every 58 s, 110 times at 4 addresses; at this one alone: no steady rhythm',
    );
  });

  it('is not told of an address that has a steady one by itself, or of a name that has none', () => {
    expect(nameRhythmOf(connections(0.6), 0)).toBeNull();
    expect(rhythmLead(connections(0.6), 0)).not.toContain('its name');
    const plain = reportOf([{ source: '10.0.0.5', destination: '192.0.2.9' }]).connections;
    expect(nameRhythmOf(plain, 0)).toBeNull();
  });
});
