import { describe, expect, it } from 'vitest';
import { outputsOf, parseFleetArguments } from '../../../../src/cli/fleet/arguments.ts';
import { UsageError } from '../../../../src/cli/connection-ends.ts';

describe('arguments of fleet', () => {
  it('name what a hunt writes, each once', () => {
    const outputs = ['--hosts', 'h.csv', '--save', 's.beaconscope', '--stix', '-'];
    const times = ['--from', '2026-11-28', '--to', '2026-11-28T23:00+01:00'];
    const command = parseFleetArguments(['hunt', '--in', 'hunts', ...outputs, ...times]);
    if (command.kind !== 'hunt') throw new TypeError('no hunt');
    expect(outputsOf(command)).toEqual([
      ['hosts', 'h.csv'],
      ['stix', '-'],
      ['save', 's.beaconscope'],
    ]);
    expect([command.fromMs, command.toMs]).toEqual([Date.UTC(2026, 10, 28), Date.UTC(2026, 10, 28, 22)]);
  });

  it('give a verdict that a case has', () => {
    expect(parseFleetArguments(['verdict', '10.0.0.1,c2.example,443', 'suspicious', '--in', 'hunts'])).toMatchObject({
      verdict: 'suspicious',
      note: '',
    });
  });

  it.each([
    [['hunt', '--in', 'hunts', '--hosts', 'a.csv', '--connections', './a.csv'], 'cannot hold both'],
    [['hunt', '--in', 'hunts', '--hosts', 'a.pcap'], 'is a capture'],
    [['hunt', '--in', 'hunts', '--report', ''], 'empty file name'],
    [['hunt', '--in', 'hunts', '--json', '--lines', '-'], 'only one of'],
    [['open', '10.0.0.1,203.0.113.9,443', '--in', 'hunts', '--report', '-', '--flows', '-'], 'only one of'],
    [['hunt', '--in', 'hunts', '--from', 'yesterday'], '--from takes a time'],
    [['hunt', '--in', 'hunts', '--since', 'monday'], '--since takes last'],
    [['hunt'], '--in says where'],
    [['load', '--to', 'hunts'], 'no file or folder was given'],
    [['verdict', '10.0.0.1,203.0.113.9,443', 'unsure', '--in', 'hunts'], 'unsure'],
    [['verdict', '10.0.0.1,203.0.113.9', 'benign', '--in', 'hunts'], 'with its port'],
  ])('that cannot be meant are refused: %j', (given, words) => {
    expect(() => parseFleetArguments(given)).toThrow(UsageError);
    expect(() => parseFleetArguments(given)).toThrow(words);
  });
});
