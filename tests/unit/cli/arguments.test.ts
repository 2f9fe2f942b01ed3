import { describe, expect, it } from 'vitest';
import { DEFAULT_INTERNAL } from '../../../src/analysis/lists/internal-list.ts';
import { parseArguments } from '../../../src/cli/arguments.ts';
import { UsageError } from '../../../src/cli/connection-ends.ts';
import { NO_FILTER } from '../../../src/filter/filter.ts';

const parse = (line: string): ReturnType<typeof parseArguments> =>
  parseArguments(line.split(' ').filter((word) => word !== ''));

describe('parseArguments', () => {
  it("takes files and NFStream's and the notebook's settings", () => {
    expect(parse('a.pcap b.pcapng')).toEqual({
      kind: 'analyze',
      files: ['a.pcap', 'b.pcapng'],
      given: {},
      allow: [],
      watch: [],
      passwords: [],
      baseline: [],
      cases: [],
      range: null,
      filter: NO_FILTER,
      score: 'triage',
      live: null,
      json: false,
      flows: null,
      connections: null,
      hosts: null,
      long: null,
      dns: null,
      report: null,
      lines: null,
      stix: null,
      indicators: null,
      save: null,
      withPackets: false,
      saveBaseline: null,
      requests: null,
      follow: null,
      carve: null,
      chosen: [],
      settings: {
        idleTimeoutMs: 120_000,
        activeTimeoutMs: 1_800_000,
        minFlows: 4,
        notebookMinFlows: 10,
        grouping: 'src,dst,port',
        openTunnels: false,
        nfstream: false,
        internal: DEFAULT_INTERNAL,
        allow: '',
        watch: '',
      },
    });
  });

  it('takes every option, before and after the files', () => {
    expect(
      parse(
        '--min-flows 0 --password infected_1 --password=other --open-tunnels a.pcap --idle-timeout 2.5 --active-timeout=60 --json --live always --flows f.csv ' +
          '--connections c.csv --hosts h.csv --long l.csv --dns d.csv --report r.html --lines l.txt --carve p.pcapng ' +
          '--connection 10.0.0.1,::1,443 --connection 10.0.0.1,10.0.0.2 --group-by src,dst --score rita --allow ' +
          'own.txt --allow more.txt --case said.json --case=more.json --watch=feed.csv --inside 10.0.0.0/8,192.0.2.0/24',
      ),
    ).toEqual({
      kind: 'analyze',
      files: ['a.pcap'],
      given: {
        minFlows: 0,
        notebookMinFlows: 0,
        grouping: 'src,dst',
        internal: '10.0.0.0/8\n192.0.2.0/24',
      },
      allow: ['own.txt', 'more.txt'],
      watch: ['feed.csv'],
      passwords: ['infected_1', 'other'],
      baseline: [],
      cases: ['said.json', 'more.json'],
      range: null,
      filter: NO_FILTER,
      score: 'rita',
      live: 'always',
      json: true,
      flows: 'f.csv',
      connections: 'c.csv',
      hosts: 'h.csv',
      long: 'l.csv',
      dns: 'd.csv',
      report: 'r.html',
      lines: 'l.txt',
      stix: null,
      indicators: null,
      save: null,
      withPackets: false,
      saveBaseline: null,
      requests: null,
      follow: null,
      carve: 'p.pcapng',
      chosen: [
        { source: '10.0.0.1', destination: '::1', port: 443 },
        { source: '10.0.0.1', destination: '10.0.0.2', port: null },
      ],
      settings: {
        idleTimeoutMs: 2500,
        activeTimeoutMs: 60_000,
        minFlows: 0,
        notebookMinFlows: 0,
        grouping: 'src,dst',
        openTunnels: true,
        nfstream: false,
        internal: '10.0.0.0/8\n192.0.2.0/24',
        allow: '',
        watch: '',
      },
    });
  });

  it('takes what follows -- as files', () => {
    expect(parse('-- --json.pcap')).toMatchObject({ files: ['--json.pcap'], json: false });
  });

  it('answers for help and version without a file', () => {
    expect(parse('--help')).toEqual({ kind: 'help' });
    expect(parse('-h a.pcap')).toEqual({ kind: 'help' });
    expect(parse('--version')).toEqual({ kind: 'version' });
  });

  it.each([
    ['', /no file was given/],
    ['--json', /no file was given/],
    ['--colour a.pcap', /--colour/],
    ['--json=yes a.pcap', /--json/],
    ['a.pcap --flows', /--flows/],
    ['--score entropy a.pcap', /--score takes one of triage \| rhythm \| rita \| notebook \| corrected, not "entropy"/],
    ['--group-by dst a.pcap', /--group-by takes one of src,dst,port \| src,dst \| src,name, not "dst"/],
    ['--internal office a.pcap', /--internal takes networks: "office": not a network/],
    ['--from 10:00 a.pcap', /--from takes a time such as/],
    ['--from 2026-01-02 --to 2026-01-01 a.pcap', /--from is later than --to/],
    ['--min-flows ten a.pcap', /--min-flows takes a whole number/],
    ['--min-flows=-1 a.pcap', /--min-flows takes a whole number/],
    ['--min-flows 1.5 a.pcap', /--min-flows takes a whole number/],
    ['--min-flows 99999999999999999999 a.pcap', /--min-flows takes a whole number/],
    ['--idle-timeout 0 a.pcap', /--idle-timeout takes seconds/],
    ['--idle-timeout Infinity a.pcap', /--idle-timeout takes seconds/],
    ['--active-timeout 1e3 a.pcap', /--active-timeout takes seconds/],
    ['--flows - --connections - a.pcap', /standard output/],
    ['--json --flows - a.pcap', /standard output/],
    ['--live now a.pcap', /--live takes one of auto | always, not "now"/],
    ['--flows x.csv --connections ./x.csv a.pcap', /cannot hold both flows and connections/],
    ['--flows= a.pcap', /empty file name/],
  ])('refuses "%s" in one line', (line, message) => {
    expect(() => parse(line)).toThrow(UsageError);
    expect(() => parse(line)).toThrow(message);
    expect(() => parse(line)).toThrow(/^.*$/);
  });

  it('never takes a capture for an output', () => {
    expect(() => parse('--flows a.pcap b.pcap')).toThrow(/a\.pcap is a capture/);
    expect(() => parse('--connections day.pcapng.gz b.pcap')).toThrow(/is a capture/);
    expect(() => parse('--flows ./trace trace')).toThrow(/is a capture/);
    expect(() => parse('--flows day.pcap.csv --report day.pcapng.html b.pcap')).not.toThrow();
  });
});
