import { describe, expect, it } from 'vitest';
import { nameRhythmOf, rhythmLead } from '../../../../src/analysis/report/row-facts.ts';
import { sourceIndex } from '../../../../src/analysis/flows/name-sources.ts';
import { rowHost } from '../../../../src/analysis/report/row-remarks.ts';
import type { Grouping } from '../../../../src/analysis/settings.ts';
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

describe('what a destination is called', () => {
  const called = (grouping: Grouping, port: number, source: 'dns' | 'tls' | 'from dns'): string => {
    const report = reportOf([{ source: '10.0.0.5', destination: '10.0.0.1', port, name: 'www.example' }]);
    report.settings.grouping = grouping;
    report.connections.nameSource[0] = sourceIndex(source);
    return rowHost(report, 0, 'www.example', '10.0.0.1');
  };

  it('is no name that it was asked for, unless rows are by name', () => {
    expect(called('src,dst,port', 53, 'dns')).toBe('10.0.0.1');
    expect(called('src,dst', 53, 'dns')).toBe('10.0.0.1');
    expect(called('src,name', 53, 'dns')).toBe('www.example');
  });

  it('is any other name, also where most of what has it goes elsewhere than questions do', () => {
    expect(called('src,dst,port', 443, 'tls')).toBe('www.example');
    expect(called('src,dst,port', 53, 'from dns')).toBe('www.example');
    expect(called('src,dst', 443, 'dns')).toBe('www.example');
  });
});
