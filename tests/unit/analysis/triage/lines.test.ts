import { describe, expect, it } from 'vitest';
import { CIRCUMSTANCES, LINE_WORDS } from '../../../../src/analysis/triage/columns.ts';
import { ALL_OBSERVED, OBSERVED } from '../../../../src/analysis/flows/observed.ts';
import { SIGNS } from '../../../../src/analysis/protocols/signs.ts';
import { badgeOf } from '../../../../src/analysis/triage/badge.ts';
import type { Facts } from '../../../../src/analysis/triage/facts.ts';
import { linesOf, RULES, sumOf } from '../../../../src/analysis/triage/lines.ts';
import { prevalenceGap } from '../../../../src/analysis/triage/rules/prevalence-rules.ts';
import { someFacts } from './facts.ts';

/** Lines beside the rhythm, and what is said of one with nothing else, of an otherwise unremarkable connection. */
function lines(changes: Partial<Facts>): string[] {
  const facts = someFacts(changes);
  return linesOf(sumOf(facts).bits, facts)
    .filter(({ id }) => id !== 'rhythm' && id !== 'poll')
    .map(({ id, phrase }) => `${id}: ${phrase}`);
}

const nameless: Partial<Facts> = {
  name: '',
  namedShare: 0,
  signs: SIGNS.hello,
  circumstances: CIRCUMSTANCES.namelessHello,
};

describe('the table', () => {
  it('fits a bit set, every line once', () => {
    expect(RULES.length).toBeLessThanOrEqual(32 * LINE_WORDS);
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  });

  it('adds up the lines that it shows', () => {
    const facts = someFacts({ ...nameless, port: 8043, siblings: 2, intervalS: 0.5, watched: 'C2' });
    const { total, bits } = sumOf(facts);
    expect(linesOf(bits, facts).reduce((sum, { points }) => sum + points, 0)).toBe(total);
    expect(total).toBe(3 + 6 + 2 + 2 + 1 - 1);
  });

  it.each<[string, Partial<Facts>, string[]]>([
    ['a watched one', { watched: 'bad.example (QakBot)' }, ['watch: on the watch list: bad.example (QakBot)']],
    [
      'a port of consoles without an answer',
      { ...nameless, port: 3389, application: 'Unknown', dataShare: 0 },
      ['noname: no name seen'],
    ],
    [
      'the same with data',
      { ...nameless, port: 3389, application: 'Unknown' },
      ['oddport: unknown protocol on port 3389', 'noname: no name seen'],
    ],
    ['SSH at home', { ...nameless, port: 22, application: 'SSH' }, ['noname: no name seen']],
    ['SSH abroad', { port: 2222, application: 'SSH', name: '', isNamed: true }, ['oddport: SSH on port 2222']],
    [
      'a port that only looks like a protocol',
      { port: 502, application: 'Modbus', applicationSeen: false },
      ['oddport: unknown protocol on port 502'],
    ],
    ['raw DNS port', { port: 53, application: 'Unknown' }, ['oddport: unknown protocol on port 53']],
    ['TLS on 80', { port: 80 }, ['notown: port 80, but not HTTP']],
    ['HTTP on a port of mail', { port: 993, application: 'HTTP' }, ['notown: port 993, but not TLS']],
    ['TLS and something else on 443', { signs: SIGNS.unrecognised }, ['notown: port 443, but some flows are not TLS']],
    ['mail', { port: 993 }, ['mail: mail server']],
    [
      'mail of who asked for his address first',
      { port: 587, application: 'SMTP', circumstances: CIRCUMSTANCES.afterOwnAddress },
      [
        'afteraddress: first seen within minutes of asking for its own address',
        'reports: mail of a program that had asked for its own address just before',
      ],
    ],
    [
      'FTP of the same',
      { port: 21, application: 'FTP', circumstances: CIRCUMSTANCES.afterOwnAddress },
      [
        'afteraddress: first seen within minutes of asking for its own address',
        'reports: files by FTP of a program that had asked for its own address just before',
      ],
    ],
    [
      'a tunnel under a domain',
      { port: 53, protocol: 17, application: 'DNS', tunnelled: 301, tunnelDomain: 'evil.example' },
      ['tunnel: looks like a tunnel through DNS: 300 different names under evil.example'],
    ],
    [
      'a tunnel of one name',
      { port: 53, protocol: 17, application: 'DNS', tunnelled: 1, tunnelDomain: 'evil.example' },
      ['tunnel: looks like a tunnel through DNS under evil.example'],
    ],
    ['FTP', { port: 21, application: 'FTP' }, ['known: FTP: a protocol with a purpose of its own']],
    [
      'a session from before',
      { observed: ALL_OBSERVED & ~OBSERVED.begin },
      ['open: how it began was not seen: a program that keeps its session alive looks the same'],
    ],
    ['HTTP on 8443', { port: 8443, application: 'HTTP' }, ['notown: port 8443, but not TLS']],
    [
      'port 80, HTTP only by its port',
      { port: 80, application: 'HTTP', applicationSeen: false },
      ['notown: port 80, but not HTTP'],
    ],
    ['the same without data', { port: 80, application: 'HTTP', applicationSeen: false, dataShare: 0 }, []],
    ['an excuse on a foreign protocol', { port: 80, name: 'www.microsoft.com' }, ['notown: port 80, but not HTTP']],
    [
      'a check on an odd port',
      { port: 81, application: 'HTTP', name: 'captive.example.com' },
      ['oddport: HTTP on port 81'],
    ],
    ...[
      [60, 0, 'never answered, still tried 60 times'] as const,
      [60, 60, 'refused every time, still tried 60 times'] as const,
      [60, 9, 'refused or not answered, still tried 60 times'] as const,
      [1, 0, 'not answered, tried once'] as const,
      [1, 1, 'refused, tried once'] as const,
    ].map(([flows, repliedFlows, phrase]): [string, Partial<Facts>, string[]] => {
      const measures = { payloadSent: 0, payloadReceived: 0, repliedFlows };
      return [phrase, { flows, failedShare: 1, dataShare: 0, measures }, [`dead: ${phrase}`]];
    }),
    [
      'the noise between others',
      { sourceZone: 'external', port: 7000, application: 'Unknown', failedShare: 1, dataShare: 0 },
      [],
    ],
    [
      'a large upload',
      { measures: { payloadSent: 1_250_000, payloadReceived: 2500, repliedFlows: 60 } },
      ['uploads: sent 1.3 MB, 500 times what came back'],
    ],
    [
      'an upload without an answer',
      { measures: { payloadSent: 498_000, payloadReceived: 0, repliedFlows: 60 } },
      ['uploads: sent 498 kB, and next to nothing came back'],
    ],
    [
      'an upload to a vendor',
      { name: 'ring.com', measures: { payloadSent: 1e6, payloadReceived: 9, repliedFlows: 60 } },
      ['vendor: ring.com: known vendor'],
    ],
    [
      'a small upload',
      { measures: { payloadSent: 99_000, payloadReceived: 9, repliedFlows: 60 } },
      ['upload: sends more than it receives'],
    ],
    ['a cheap name', { name: 'a.example.top' }, ['cheap: under .top, where a name costs next to nothing']],
    ['nobody', { nobody: 'a placeholder' }, ['nobody: the certificate is made out to a placeholder']],
    [
      'decades',
      { signs: SIGNS.hello | SIGNS.lasting },
      ['lasting: the certificate is valid for ten years or more, which no public authority grants'],
    ],
    [
      'the name of another',
      { signs: SIGNS.hello | SIGNS.otherName },
      ['othername: the certificate is for other names than the one asked for'],
    ],
    ['UDP without an answer', { protocol: 17, failedShare: 1, dataShare: 0 }, []],
    ['fast without a rhythm', { intervalS: 0.24, score: 0.2 }, []],
    ['one of few', { hosts: 2, allHosts: 40 }, ['rare: only 2 of 40 hosts go there']],
    ['neither rare nor common', { hosts: 3, allHosts: 40 }, []],
    ['common', { hosts: 3, allHosts: 10 }, ['common: 3 of 10 hosts go there']],
    ['too few hosts', { hosts: 1, allHosts: 9 }, []],
    [
      'from outside',
      { sourceZone: 'external', destinationZone: 'internal', hosts: 0, allHosts: 40 },
      ['inbound: comes from outside'],
    ],
    [
      'from outside on a rhythm, without a host',
      { sourceZone: 'external', destinationZone: 'internal', score: 0.9, signs: SIGNS.request | SIGNS.noHost },
      [
        'driven: comes from outside, but on a rhythm and unlike visitors: something inside may be told what to do',
        'nohost: requests without a host',
      ],
    ],
    [
      'from outside without a host, now and then',
      { sourceZone: 'external', destinationZone: 'internal', score: 0.2, signs: SIGNS.request | SIGNS.noHost },
      ['inbound: comes from outside'],
    ],
    [
      'the clock of a group',
      { destinationZone: 'multicast', port: 123, application: 'NTP', hosts: 40, allHosts: 40 },
      ['group: goes to a multicast or broadcast address', 'clock: NTP that keeps time or keeps alive by design'],
    ],
    ['a minute', { intervalS: 60.05 }, ['exact: exactly 1 min: set by a scheduler']],
    ['many minutes, of which one is always near', { intervalS: 1571 * 60 }, []],
    ['a minute only on the average', { intervalS: 60, jitter: 0.02 }, []],
    ['hours', { intervalS: 7201 }, ['exact: exactly 2 h: set by a scheduler']],
    ['ten seconds', { intervalS: 10 }, ['exact: exactly 10 s: set by a scheduler']],
    [
      'its own fingerprint, late',
      { ownFingerprint: true, late: 0.5 },
      ['late: began during the capture', 'ownfingerprint: a client fingerprint that this host uses nowhere else'],
    ],
    [
      'ICMP',
      { port: 0, protocol: 1, application: 'ICMP', name: '', namedShare: 0, spreadSent: 0, spreadReceived: 0 },
      ['control: control messages, no port'],
    ],
    ['Kerberos', { port: 88, application: 'Kerberos' }, ['directory: Windows domain service']],
  ])('%s', (_, changes, expected) => {
    expect(lines(changes)).toEqual(expected);
  });
});

describe('a rhythm to a named server', () => {
  const isPoll = (changes: Partial<Facts>): boolean => {
    const facts = someFacts(changes);
    return linesOf(sumOf(facts).bits, facts).some(({ id }) => id === 'poll');
  };

  it('is said to look like any poll of a vendor where there is nothing else', () => {
    expect(isPoll({})).toBe(true);
    expect(isPoll({ application: 'QUIC', protocol: 17 })).toBe(true);
    expect(isPoll({ score: 0.2 })).toBe(false);
    expect(isPoll({ score: Number.NaN })).toBe(false);
    expect(isPoll({ name: '' })).toBe(false);
    expect(isPoll({ name: 'ring.com' })).toBe(false);
    expect(isPoll({ name: 'a.example.top' })).toBe(false);
    expect(isPoll({ port: 8043 })).toBe(false);
    expect(isPoll({ port: 80 })).toBe(false);
    expect(isPoll({ application: 'HTTP', port: 80 })).toBe(false);
    expect(isPoll({ signs: SIGNS.hello | SIGNS.selfSigned })).toBe(false);
    expect(isPoll({ sourceZone: 'external', destinationZone: 'internal' })).toBe(false);
  });
});

describe('badgeOf', () => {
  it.each([
    [0.3, 6, 'first'],
    [Number.NaN, 6, 'first'],
    [0.3, 5, 'next'],
    [Number.NaN, 4, 'next'],
    [0.9, 3, 'explained'],
    [0.3, -2, 'explained'],
    [0.29, 3, 'rest'],
    [Number.NaN, 3, 'rest'],
  ] as const)('score %f, %i points: %s', (score, total, badge) => {
    expect(badgeOf(score, total)).toBe(badge);
  });
});

describe('prevalenceGap', () => {
  it('says how few hosts there are', () => {
    expect(prevalenceGap(9)).toBe('only 9 hosts open connections: how many others go there cannot be judged');
    expect(prevalenceGap(1)).toBe('only 1 host opens connections: how many others go there cannot be judged');
    expect(prevalenceGap(0)).toBe('no internal host opens connections: how many others go there cannot be judged');
    expect(prevalenceGap(10)).toBe('');
  });
});
