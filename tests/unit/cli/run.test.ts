import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from './call.ts';
import { steadyCapture } from './captures.ts';

let folder = '';
const at = (name: string): string => path.join(folder, name);
/** A file that has something in it and no length, where the system has such. */
const STATUS = '/proc/self/status';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'beaconscope-'));
  writeFileSync(at('steady.pcap'), steadyCapture(12));
  writeFileSync(at('cut.pcap'), steadyCapture(13).subarray(0, -5));
  writeFileSync(at('text.txt'), 'no capture at all, only words');
  writeFileSync(at('text\u001b[2J.txt'), 'nor is this one');
  writeFileSync(at('empty.pcap'), '');
  mkdirSync(at('folder'));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('a call that reads a capture', () => {
  it('prints the ranked table', async () => {
    const { status, output, errors } = await call(at('steady.pcap'));
    expect({ status, errors }).toEqual({ status: 0, errors: '' });
    expect(output.split('\n')[1]).toMatch(
      /^ +5 +read next +flow +60 s +0% +12 +10\.0\.0\.1 +203\.0\.113\.9 +5000 +504 +\+3 steady rhythm, \+2 port 5000, on which nothing was said, /,
    );
    expect(output).toMatch(
      /\n\nOnly 1 host opens connections: how many others go there cannot be judged\.\nLook first at 10\.0\.0\.1, 5 points \(--hosts\)\n/,
    );
    expect(output).toContain(
      '\n  next: --connection 10.0.0.1,203.0.113.9,5000 with --requests - (what was said) or --lines - (to find it in other tools)\n',
    );
    const byRhythm = await call(at('steady.pcap'), '--score', 'rhythm');
    expect(byRhythm.output.split('\n')[1]).toMatch(
      /^ 0\.965 +flow +60 s +0% +12 +10\.0\.0\.1 +203\.0\.113\.9 +5000 +504$/,
    );
  });

  it('takes its settings from the options', async () => {
    expect((await call(at('steady.pcap'), '--min-flows', '12')).output).toContain(
      '\n1 connection with 12 flows or fewer listed for 2 points or more\n',
    );
    const { output } = await call(at('steady.pcap'), '--json', '--min-flows', '0', '--active-timeout', '61');
    expect(JSON.parse(output)).toMatchObject({ flows: 12 });
  });

  it('writes only rows that meet the filter, in all lists', async () => {
    const [all, none] = [await call(at('steady.pcap')), await call(at('steady.pcap'), '--filter', 'port == 443')];
    expect(await call(at('steady.pcap'), '--filter', 'dst in 203.0.113.0/24 and interval == 60s')).toEqual(all);
    expect(none.output).toMatch(/^None of 1 connection meets the filter \(--filter\)\.\n/);
    const { output } = await call(at('steady.pcap'), '--json', '--filter', 'port == 443');
    expect(JSON.parse(output)).toMatchObject({ connections: [], long: [], dns: [] });
    expect((await call(at('steady.pcap'), '--connections', '-', '--filter', 'tls')).output).not.toMatch(/\n./);
    expect((await call(at('steady.pcap'), '--filter', 'queries > 5')).errors).toBe(
      'warning: --filter: connections have no queries: none meets a condition on it\n',
    );
  });

  it('says where a filter is wrong, before it reads anything', async () => {
    expect(await call(at('steady.pcap'), '--filter', 'tls and prt == 443')).toMatchObject({
      status: 2,
      errors: expect.stringMatching(/^error: --filter, character 9: there is no field "prt": did you mean port\?/),
    });
  });

  it('prints one JSON object instead of the table', async () => {
    const { status, output } = await call('--json', at('steady.pcap'));
    expect(status).toBe(0);
    expect(JSON.parse(output)).toMatchObject({
      captures: [{ file: at('steady.pcap'), format: 'pcap', packets: 12, bytes: 720, warnings: [] }],
      flows: 12,
      connections: [
        {
          src_ip: '10.0.0.1',
          dst_ip: '203.0.113.9',
          dst_port: 5000,
          ConnectionCount: 12,
          tsMid: 60,
          median_delta_ms: 60_000,
        },
      ],
    });
  });

  it('sets aside and looks for what lists say, and names the lines that say nothing', async () => {
    writeFileSync(at('own.txt'), '203.0.113.0/24 # lab\nwhat is this\n');
    writeFileSync(
      at('feed.json'),
      JSON.stringify({
        type: 'bundle',
        objects: [
          { type: 'ipv4-addr', value: '203.0.113.9' },
          { type: 'file', name: 'x' },
        ],
      }),
    );
    const { status, output, errors } = await call(
      at('steady.pcap'),
      '--allow',
      at('own.txt'),
      '--watch',
      at('feed.json'),
      '--min-flows',
      '99',
    );
    expect(status).toBe(0);
    expect(output.split('\n')[1]).toMatch(/^ +11 +set aside .*\+6 on the watch list: 203\.0\.113\.9/);
    expect(output).toContain(
      '\n1 connection set aside by the allow list, at the end.\n1 connection on the watch list.\n',
    );
    expect(errors).toContain(
      `warning: ${at('own.txt')}: line 2: "what is this": neither an address, a network, a name nor a fingerprint\n`,
    );
    expect(errors).toContain(`warning: ${at('feed.json')}: 1 object is about something else than connections\n`);
  });

  it('writes triage into every export', async () => {
    const { output } = await call('--json', at('steady.pcap'), '--connections', at('t.csv'));
    const { connections } = JSON.parse(output) as { connections: { triage: object }[] };
    expect(connections[0].triage).toMatchObject({
      total: 5,
      badge: 'read next',
      set_aside: false,
      twin_of: null,
      lines: expect.arrayContaining([{ id: 'rhythm', points: 3, phrase: 'steady rhythm' }]) as object[],
    });
    const [row] = Papa.parse<Record<string, string>>(readFileSync(at('t.csv'), 'utf8'), { header: true }).data;
    expect(row).toMatchObject({
      triage_total: '5',
      triage_badge: 'read next',
      triage_set_aside: '0',
      triage_twin_of: '',
    });
    expect(JSON.parse(row.triage_lines)).toEqual((connections[0].triage as { lines: object[] }).lines);
  });

  it('writes CSV files beside the table', async () => {
    const { status, output } = await call(at('steady.pcap'), '--flows', at('f.csv'), '--connections', at('c.csv'));
    expect(status).toBe(0);
    expect(output).toMatch(/^points/);
    expect(readFileSync(at('f.csv'), 'utf8').trimEnd().split('\n')).toHaveLength(13);
    expect(readFileSync(at('c.csv'), 'utf8').trimEnd().split('\n')[1]).toMatch(
      /^10\.0\.0\.1,203\.0\.113\.9,5000,,12,60,60,60,/,
    );
  });

  it('prints a CSV in place of the table', async () => {
    expect((await call(at('steady.pcap'), '--flows', '-')).output).toMatch(
      /^id,expiration_id,[^]*\n11,0,10\.0\.0\.1,\d+,203\.0\.113\.9,5000,17,[^\n]*\n$/,
    );
    expect((await call(at('steady.pcap'), '--connections', '-')).output).toMatch(
      /^src_ip,dst_ip,dst_port,[^\n]*,triage_twin_of\n[^\n]*\n$/,
    );
  });

  it('warns in one line on standard error and still succeeds', async () => {
    const { status, output, errors } = await call(at('cut.pcap'));
    expect(status).toBe(0);
    expect(output).toMatch(/^points/);
    expect(errors).toMatch(/^warning: [^\n]*cut\.pcap: [^\n]+ \(byte \d+\)\n$/);
  });

  it('reads several files as one analysis', async () => {
    writeFileSync(at('half.pcap'), steadyCapture(7, 30));
    const { output } = await call('--json', '--min-flows', '1', at('steady.pcap'), at('half.pcap'));
    const parsed = JSON.parse(output) as { captures: object[]; connections: { ConnectionCount: number }[] };
    expect(parsed.captures).toHaveLength(2);
    expect(parsed.connections).toHaveLength(1);
  });
});

describe('files that are not read', () => {
  it('are named, the others are analysed, and the status says so', async () => {
    const whole = await call(at('steady.pcap'));
    const { status, output, errors } = await call(at('missing.pcap'), at('text.txt'), at('steady.pcap'));
    expect({ status, output }).toEqual({ status: 1, output: whole.output });
    expect(errors).toMatch(
      /^warning: left out: \S*missing\.pcap: no such file\nwarning: left out: \S*text\.txt: [^\n]+\n$/,
    );
    expect(
      (
        await call(
          at('text.txt'),
          at('steady.pcap'),
          '--carve',
          at('c.pcapng'),
          '--connection',
          '10.0.0.1,203.0.113.9,5000',
        )
      ).status,
    ).toBe(1);
  });

  it('come from folders and patterns, too, without hidden ones', async () => {
    mkdirSync(at('logs/day/.git'), { recursive: true });
    for (const name of ['a', 'b']) writeFileSync(at(`logs/day/${name}.pcap`), steadyCapture(3, 30));
    writeFileSync(at('logs/day/.git/index'), 'no capture');
    writeFileSync(at('logs/readme.md'), 'no capture');
    const files = async (...given: string[]): Promise<[number, string[]]> => {
      const { status, output } = await call('--json', ...given);
      const { captures } = JSON.parse(output) as { captures: { file: string }[] };
      return [status, captures.map(({ file }) => path.relative(folder, file)).sort()];
    };
    const both = ['logs/day/a.pcap', 'logs/day/b.pcap'];
    expect(await files(at('logs'))).toEqual([1, [...both, 'logs/readme.md']]);
    symlinkSync(at('steady.pcap'), at('logs/day/linked'));
    symlinkSync(at('logs'), at('logs/day/round'));
    expect(await files(at('logs/day'))).toEqual([1, [...both, 'logs/day/linked']]);
    const { errors } = await call(at('logs/day'));
    expect(errors).toContain('left out: ' + at('logs/day/round'));
    rmSync(at('logs/day/linked'));
    rmSync(at('logs/day/round'));
    expect(await files(at('logs/**/*.pcap'), at('logs/day/a.pcap'))).toEqual([0, both]);
  });

  it.skipIf(process.seteuid === undefined)(
    'that may lie where a pattern is not let in are not passed over',
    async () => {
      mkdirSync(at('days/shut'), { recursive: true });
      writeFileSync(at('days/a.pcap'), steadyCapture(3, 30));
      for (const [name, mode] of [
        ['', 0o755],
        ['days/shut', 0],
      ] as const)
        chmodSync(at(name), mode);
      // Who may do anything is let in everywhere.
      const own = process.geteuid?.();
      if (own === 0) process.seteuid?.(65_534);
      try {
        const { status, output, errors } = await call('--json', at('days/**/*.pcap'));
        expect([status, errors]).toEqual([1, `warning: left out: ${at('days/shut')}: cannot be read (EACCES)\n`]);
        expect(output).toContain('a.pcap');
        expect((await call(at('days/shut/*.pcap'))).errors).toContain(`${at('days/shut')}: cannot be read (EACCES)`);
      } finally {
        if (own === 0) process.seteuid?.(0);
        chmodSync(at('days/shut'), 0o755);
      }
    },
  );

  it('and warnings of many files are one with a count', async () => {
    for (const name of ['1', '2', '3']) writeFileSync(at(`cut${name}.pcap`), steadyCapture(3, 30).subarray(0, -7));
    const { status, errors } = await call(at('cut1.pcap'), at('cut2.pcap'), at('cut3.pcap'));
    expect(status).toBe(0);
    expect(errors.split('\n').filter((line) => line.includes('the file ends'))).toEqual([
      expect.stringMatching(/^warning: \S*cut1\.pcap and 2 more files: the file ends [^\n]*\(first at byte \d+\)$/),
    ]);
  });

  it('and logs of which nothing is used are one line', async () => {
    const logs = ['stats', 'weird', 'stats'].map((kind, number) => {
      writeFileSync(at(`${number}.log`), `#separator \\x09\n#path\t${kind}\n#fields\tts\n1.0\n`);
      return at(`${number}.log`);
    });
    const { status, errors } = await call(at('steady.pcap'), ...logs);
    expect({ status, errors }).toEqual({
      status: 0,
      errors: 'note: 3 files hold nothing that is used here, and are passed over: Zeek stats.log, Zeek weird.log\n',
    });
  });
});

describe('a call that fails', () => {
  /** Nothing printed, one line on standard error that says this. */
  const refusal = (message: RegExp): object => ({
    status: 2,
    output: '',
    errors: expect.stringMatching(new RegExp(`^error: [^\\n]*${message.source}[^\\n]*\\n$`)) as string,
  });

  it('names what is no capture, in one line', async () => {
    expect(await call(at('text.txt'))).toEqual(refusal(/text\.txt: /));
    expect(await call(at('empty.pcap'))).toEqual(refusal(/empty\.pcap: .*empty/));
  });

  it('names what cannot be read', async () => {
    expect(await call(at('missing.pcap'))).toEqual(refusal(/missing\.pcap: no such file/));
    expect(await call(at('folder'))).toEqual(refusal(/folder: no files in it/));
    const beside = await call(at('steady.pcap'), at('folder'));
    expect([beside.status, beside.errors]).toEqual([1, expect.stringContaining('folder: no files in it')]);
    const list = await call(at('steady.pcap'), '--allow', at('folder'));
    expect([list.status, list.errors]).toEqual([2, expect.stringContaining('folder: not a file, but a folder')]);
  });

  it.skipIf(!existsSync(STATUS))('reads nothing of what is empty by its length, which may wait for ever', async () => {
    expect(await call(STATUS)).toEqual(refusal(/status: .*empty/));
  });

  it('names outputs that cannot be written, and writes all others', async () => {
    const places = [
      '--flows',
      at('nowhere/f.csv'),
      '--connections',
      at('others.csv'),
      '--report',
      at('nowhere/r.html'),
    ];
    const { status, output, errors } = await call(at('steady.pcap'), ...places);
    const cannot = (file: string): string => `${at(file)}: cannot be written (ENOENT)`;
    expect([status, errors]).toEqual([2, `error: ${cannot('nowhere/f.csv')}; ${cannot('nowhere/r.html')}\n`]);
    for (const text of [output, readFileSync(at('others.csv'), 'utf8')]) expect(text).toContain('203.0.113.9');
  });

  it.skipIf(!existsSync('/dev/full'))('says of what a full disk cut that it is not whole', async () => {
    for (const option of ['--flows', '--carve']) {
      const { errors } = await call(
        at('steady.pcap'),
        '--connection',
        '10.0.0.1,203.0.113.9,5000',
        option,
        '/dev/full',
      );
      expect(errors).toContain('error: /dev/full: cannot be written (ENOSPC): what is in it is not whole\n');
    }
  });

  it('names a list that is none', async () => {
    expect(await call(at('steady.pcap'), '--allow', at('missing.txt'))).toEqual(refusal(/missing\.txt: no such file/));
    writeFileSync(at('page.html'), '<html>\n<body>\n');
    const { status, errors } = await call(at('steady.pcap'), '--watch', at('page.html'));
    expect(status).toBe(2);
    expect(errors).toMatch(/error: [^\n]*page\.html: cannot be used as a list: line 1: "<html>": neither/);
  });

  it('refuses wrong options', async () => {
    expect(await call()).toEqual(refusal(/no file was given/));
    expect(await call('--min-flows', 'x', at('steady.pcap'))).toEqual(refusal(/--min-flows/));
    expect(await call('--frobnicate', at('steady.pcap'))).toEqual(refusal(/--frobnicate/));
  });

  it('never overwrites a capture', async () => {
    expect(await call(at('steady.pcap'), '--flows', at('steady.pcap'))).toEqual(refusal(/is a capture/));
    expect(readFileSync(at('steady.pcap'))).toHaveLength(720);
  });

  it('keeps control characters of file names from the terminal', async () => {
    expect(await call(at('text\u001b[2J.txt'))).toEqual(refusal(/text\\u001b\[2J\.txt/));
  });
});

describe('a call that asks', () => {
  it('gets help and the version', async () => {
    expect(await call('--help')).toMatchObject({
      status: 0,
      errors: '',
      output: expect.stringContaining('--min-flows N') as string,
    });
    const { version } = JSON.parse(
      readFileSync(path.resolve(import.meta.dirname, '../../../package.json'), 'utf8'),
    ) as { version: string };
    expect(await call('--version')).toEqual({ status: 0, errors: '', output: `${version}\n` });
  });
});
