import { describe, expect, it } from 'vitest';
import { pasteLines } from '../../../src/export/paste/lines.ts';
import type { PastedConnection } from '../../../src/export/paste/connection.ts';

const CONNECTION: PastedConnection = {
  source: '10.0.0.1',
  name: 'a";b\\|c\n(日本) $(x)',
  nameSource: 'tls',
  otherNames: 0,
  destinations: ['203.0.113.9'],
  protocols: [
    { protocol: 6, ports: [443] },
    { protocol: 17, ports: [53, 443] },
  ],
  inVlans: true,
  fingerprints: { ja3: ['0123456789abcdef0123456789abcdef'], ja4: ['t13d1516h2_8daaf6152771_02713d6af862'] },
};

const textOf = (tool: string, change: Partial<PastedConnection> = {}): string =>
  pasteLines({ ...CONNECTION, ...change }).find((line) => line.tool === tool)?.text ?? '';

/** A rule as Suricata's manual has it ("Rules Format"): action, header, options `key[:value];` with `"` `;` `\` escaped. */
const RULE =
  /^alert (?<protocol>tcp|udp|ip|tls|http|dns) (?<from>\S+) any -> (?<to>\S+) (?<port>\S+) \((?<options>(?:[a-z0-9_.]+(?::(?:"(?:[^"\\;]|\\.)*"|[^";\\])*)?; ?)+)\)$/;

describe('Suricata rules', () => {
  it('keep to the grammar, whatever a name holds', () => {
    const rules = textOf('Suricata').trimEnd().split('\n');
    expect(rules).toHaveLength(5);
    for (const rule of rules) expect(rule).toMatch(RULE);
    const ids = rules.map((rule) => /sid:(\d+);/.exec(rule)?.[1]);
    expect(new Set(ids).size).toBe(rules.length);
  });

  it('say what they found, and need no answer', () => {
    const [tcp] = textOf('Suricata').split('\n');
    expect(tcp).toContain('msg:"Beaconscope: 10.0.0.1 to 203.0.113.9, a??b??c?(??) ?(x) port 443"');
    expect(tcp).toContain('flow:to_server;');
    expect(tcp).not.toContain('established');
  });

  it('look for the client by its fingerprints', () => {
    const rules = textOf('Suricata');
    expect(rules).toContain('ja3.hash; content:"0123456789abcdef0123456789abcdef"; ');
    expect(rules).toContain('ja4.hash; content:"t13d1516h2_8daaf6152771_02713d6af862"; ');
  });
});

describe('Zeek scripts', () => {
  it('of two connections are loaded together: no notice is defined twice', () => {
    const noticeOf = (script: string): string => /Notice::Type \+= \{ (\w+) \}/.exec(script)?.[1] ?? '';
    const first = textOf('Zeek');
    const second = textOf('Zeek', { destinations: ['203.0.113.10'] });
    expect(noticeOf(first)).toMatch(/^Beacon_[0-9a-f]{8}$/);
    expect(noticeOf(first)).not.toBe(noticeOf(second));
    for (const script of [first, second]) {
      expect(script).toContain(`$note=${noticeOf(script)},`);
      for (const [open, close] of ['()', '[]', '{}'])
        expect(script.split(open).length).toBe(script.split(close).length);
    }
  });
});

describe('capture filters', () => {
  it('look behind VLAN tags where there are some, and only there', () => {
    const plain = textOf('tcpdump', { inVlans: false });
    expect(plain).not.toContain('vlan');
    expect(textOf('tcpdump')).toBe(`${plain} or (vlan and (${plain})) or (vlan and (${plain}))`);
  });
});
