import { describe, expect, it } from 'vitest';
import type { FlowEnd } from '../../../src/analysis/connections/connection-detail.ts';
import { type NamedConnection, pastedConnection } from '../../../src/export/paste/connection.ts';
import { leftOutOfLines, pasteLines } from '../../../src/export/paste/lines.ts';

const HTTPS: NamedConnection = {
  source: '10.0.0.1',
  destination: '203.0.113.9',
  port: 443,
  protocol: 6,
  name: 'beacon.example',
  nameSource: 'tls',
  otherNames: 0,
};

/** Lines of a connection whose flows go to some ends, or to the one that it is known by. */
function lines(connection: Partial<NamedConnection> = {}, ends?: FlowEnd[]): Record<string, string> {
  const named = { ...HTTPS, ...connection };
  const { destination, protocol, port } = named;
  const detail = { ends: ends ?? [{ address: destination, protocol, port }], inVlans: false, traces: [] };
  const pasted = pastedConnection(named, detail);
  return Object.fromEntries(pasteLines(pasted).map(({ tool, text }) => [tool, text]));
}

describe('lines to paste', () => {
  it('look for a client by nothing that a log only calls a fingerprint', () => {
    const own = { ja3: '0123456789abcdef0123456789abcdef', ja4: 't13d1516h2_8daaf6152771_02713d6af862' };
    const traced = ({ ja3, ja4 }: typeof own): string => {
      const traces = [
        { kind: 'clientFingerprint' as const, text: ja3, flows: 1 },
        { kind: 'ja4' as const, text: ja4, flows: 1 },
      ];
      const ends = [{ address: '203.0.113.9', protocol: 6, port: 443 }];
      return pasteLines(pastedConnection(HTTPS, { ends, inVlans: false, traces }))
        .map(({ text }) => text)
        .join('');
    };
    expect(traced(own)).toContain(`ja3.hash; content:"${own.ja3}"; `);
    for (const evil of ['"; sid:1;) alert ip any any', '$(id)', 'a|41|', ''])
      for (const kind of ['ja3', 'ja4'] as const) {
        const text = traced({ ...own, [kind]: evil });
        expect(text).not.toContain(`${kind}.hash`);
        if (evil !== '') expect(text).not.toContain(evil);
      }
  });

  it('find a TCP connection in every tool', () => {
    const { Wireshark, tcpdump, Zeek, Suricata, Sigma } = lines();
    expect(Wireshark).toBe(
      '((ip.src == 10.0.0.1 && ip.dst == 203.0.113.9 && (tcp.dstport == 443 || (ip.proto == 6 && (ip.flags.mf == 1 || ip.frag_offset > 0))))' +
        ' || (ip.src == 203.0.113.9 && ip.dst == 10.0.0.1 && (tcp.srcport == 443 || (ip.proto == 6 && ' +
        '(ip.flags.mf == 1 || ip.frag_offset > 0))))) && !icmp',
    );
    expect(tcpdump).toBe(
      '(src host 10.0.0.1 and dst host 203.0.113.9 and (tcp dst port 443 or (ip proto 6 and ip[6:2] & 0x1fff != 0)))' +
        ' or (src host 203.0.113.9 and dst host 10.0.0.1 and (tcp src port 443 or (ip proto 6 and ip[6:2] & 0x1fff != ' +
        '0)))',
    );
    expect(Zeek).toContain('c$id$orig_h == 10.0.0.1 && c$id$resp_h == 203.0.113.9 && c$id$resp_p == 443/tcp');
    const [ends, named] = Suricata.trimEnd().split('\n');
    expect(ends).toMatch(
      /^alert tcp 10\.0\.0\.1 any -> 203\.0\.113\.9 443 \(msg:"Beaconscope: [^"]+port 443"; flow:to_server; .* sid:1\d{6}; rev:1;\)$/,
    );
    expect(named).toContain('alert tls 10.0.0.1 any -> any any');
    expect(named).toContain('tls.sni; content:"beacon.example"; nocase; bsize:14;');
    expect(Sigma).toContain("category: proxy\ndetection:\n  selection:\n    cs-host: 'beacon.example'\n");
  });

  it('are of the firewall where there is no name', () => {
    const { Suricata, Sigma } = lines({ name: '', nameSource: '' });
    expect(Suricata.trimEnd().split('\n')).toHaveLength(1);
    expect(Sigma).toContain(
      "category: firewall\ndetection:\n  selection:\n    src_ip: '10.0.0.1'\n    dst_ip: '203.0.113.9'\n    dst_port: 443\n",
    );
  });

  it('write IPv6 and protocols without ports as each tool has them', () => {
    const { tcpdump, Zeek, Suricata, Wireshark, Sigma } = lines({
      source: 'fe80::1',
      destination: 'ff02::fb',
      protocol: 58,
      port: 0,
      name: '',
    });
    expect(tcpdump).toBe(
      '(src host fe80::1 and dst host ff02::fb and ip6 proto 58) or ' +
        '(src host ff02::fb and dst host fe80::1 and ip6 proto 58)',
    );
    expect(Zeek).toContain(
      'c$id$orig_h == [fe80::1] && c$id$resp_h == [ff02::fb] && get_port_transport_proto(c$id$resp_p) == icmp )',
    );
    expect(Suricata).toMatch(/^alert ip fe80::1 any -> ff02::fb any \(msg:"[^"]+"; ip_proto:58; /);
    expect(Wireshark).toBe(
      '((ipv6.src == fe80::1 && ipv6.dst == ff02::fb && icmpv6) || (ipv6.src == ff02::fb && ipv6.dst == fe80::1 && icmpv6))',
    );
    expect(Sigma).toBeUndefined();
  });

  it('look for names where they were found', () => {
    expect(lines({ nameSource: 'http' }).Suricata).toContain('http.host; content:"beacon.example"; bsize:14;');
    expect(lines({ nameSource: 'dns', protocol: 17, port: 53 }).Suricata).toContain(
      'alert dns 10.0.0.1 any -> any any',
    );
    expect(lines({ nameSource: 'dns', protocol: 17, port: 53 }).Sigma).toContain(
      "category: dns\ndetection:\n  selection:\n    query: 'beacon.example'",
    );
  });

  it('hold a hostile name as data', () => {
    const { Suricata, Sigma } = lines({ name: 'a";\\)|\'*b', nameSource: 'tls' });
    expect(Suricata).toContain('content:"a|22||3b||5c||29||7c||27||2a|b"; nocase; bsize:9;');
    expect(Sigma).toContain(String.raw`cs-host: 'a";\\)|''\*b'`);
  });

  it('look for the end of a name that was cut', () => {
    const name = `${'x'.repeat(247)}.example`;
    expect(lines({ name }).Suricata).toContain(`content:"${name}"; nocase; endswith;`);
    expect(lines({ name }).Sigma).toContain('cs-host|endswith:');
  });
});

describe('lines of a connection to several ports', () => {
  const address = '203.0.113.9';
  const ENDS = [
    { address, protocol: 6, port: 8443 },
    { address, protocol: 17, port: 443 },
    { address, protocol: 6, port: 443 },
  ];

  it('hold all of them, TCP and UDP apart', () => {
    const { Wireshark, tcpdump, Zeek, Suricata, Sigma } = lines({ name: '' }, ENDS);
    expect(Wireshark).toContain(
      'ip.dst == 203.0.113.9 && (tcp.dstport == 443 || tcp.dstport == 8443 || (ip.proto == 6',
    );
    expect(Wireshark).toContain('|| udp.srcport == 443 ||');
    expect(tcpdump).toContain('(tcp dst port 443 or tcp dst port 8443 or (ip proto 6 and');
    expect(Zeek).toContain('c$id$resp_h == 203.0.113.9 && c$id$resp_p in set(443/tcp, 8443/tcp, 443/udp) )');
    expect(rulesOf(Suricata)).toEqual([
      ['alert tcp 10.0.0.1 any -> 203.0.113.9 [443,8443]', 'flow:to_server'],
      ['alert udp 10.0.0.1 any -> 203.0.113.9 443', ''],
    ]);
    expect(Sigma).toContain(
      "    dst_ip: '203.0.113.9'\n    dst_port:\n      - 443\n      - 8443\n  condition: selection",
    );
  });

  it('hold the protocol where one of them has no ports', () => {
    const { Wireshark, tcpdump, Zeek, Suricata, Sigma } = lines({ name: '' }, [
      ...ENDS.slice(0, 1),
      { address, protocol: 1, port: 0 },
    ]);
    expect(Wireshark).toContain(
      '(tcp.dstport == 8443 || (ip.proto == 6 && (ip.flags.mf == 1 || ip.frag_offset > 0)) || icmp)',
    );
    expect(tcpdump).toContain('(tcp dst port 8443 or (ip proto 6 and ip[6:2] & 0x1fff != 0) or ip proto 1)');
    expect(Zeek).toContain(' && ( c$id$resp_p == 8443/tcp || get_port_transport_proto(c$id$resp_p) == icmp ) )');
    expect(rulesOf(Suricata)).toEqual([
      ['alert tcp 10.0.0.1 any -> 203.0.113.9 8443', 'flow:to_server'],
      ['alert ip 10.0.0.1 any -> 203.0.113.9 any', 'ip_proto:1'],
    ]);
    expect(Sigma).toBeUndefined();
  });

  it('hold any port where the capture cut one off', () => {
    const { Wireshark, tcpdump, Zeek, Suricata, Sigma } = lines({ name: '' }, [
      ...ENDS,
      { address, protocol: 17, port: 0 },
    ]);
    expect(Wireshark).toContain('ip.frag_offset > 0)) || udp)');
    expect(tcpdump).toContain('0x1fff != 0) or udp)');
    expect(Zeek).toContain('( c$id$resp_p in set(443/tcp, 8443/tcp) || get_port_transport_proto(c$id$resp_p) == udp )');
    expect(rulesOf(Suricata)[1]).toEqual(['alert udp 10.0.0.1 any -> 203.0.113.9 any', '']);
    expect(Sigma).not.toContain('dst_port');
  });

  it('hold every protocol where a log does not say which, and where Zeek has no name for one', () => {
    const unsaid = lines({ name: '' }, [...ENDS, { address, protocol: 0, port: 9 }]);
    expect(unsaid.tcpdump).toBe(
      '(src host 10.0.0.1 and dst host 203.0.113.9) or (src host 203.0.113.9 and dst host 10.0.0.1)',
    );
    expect(unsaid.Zeek).toContain('c$id$resp_h == 203.0.113.9 )');
    expect(rulesOf(unsaid.Suricata)).toEqual([['alert ip 10.0.0.1 any -> 203.0.113.9 any', '']]);
    expect(unsaid.Sigma).toBeUndefined();
    const gre = lines({ name: '' }, [...ENDS, { address, protocol: 47, port: 0 }]);
    expect(gre.Zeek).toContain('c$id$resp_h == 203.0.113.9 )');
    expect(gre.Wireshark).toContain('|| gre)');
  });
});

describe('lines of a connection to several addresses', () => {
  it('hold all of them', () => {
    const { Wireshark, tcpdump, Zeek, Suricata, Sigma } = lines({ nameSource: 'from dns' }, [
      { address: '203.0.113.9', protocol: 6, port: 443 },
      { address: '203.0.113.11', protocol: 6, port: 443 },
    ]);
    expect(Wireshark).toContain('(ip.src == 10.0.0.1 && (ip.dst == 203.0.113.9 || ip.dst == 203.0.113.11) && (tcp.dst');
    expect(tcpdump).toContain(
      '((src host 203.0.113.9 or src host 203.0.113.11) and dst host 10.0.0.1 and (tcp src port',
    );
    expect(Zeek).toContain('c$id$resp_h in set(203.0.113.9, 203.0.113.11) && c$id$resp_p == 443/tcp )');
    expect(rulesOf(Suricata)).toEqual([['alert tcp 10.0.0.1 any -> [203.0.113.9,203.0.113.11] 443', 'flow:to_server']]);
    expect(Sigma).toContain("    dst_ip:\n      - '203.0.113.9'\n      - '203.0.113.11'\n    dst_port: 443\n");
  });

  it('write IPv6 as each tool has it', () => {
    const { Wireshark, tcpdump, Zeek, Suricata, Sigma } = lines({ source: '2001:db8::1', name: '' }, [
      { address: '2001:db8::a', protocol: 17, port: 443 },
      { address: '2001:db8::b', protocol: 17, port: 443 },
    ]);
    expect(Wireshark).toContain('ipv6.src == 2001:db8::1 && (ipv6.dst == 2001:db8::a || ipv6.dst == 2001:db8::b)');
    expect(tcpdump).toContain('src host 2001:db8::1 and (dst host 2001:db8::a or dst host 2001:db8::b)');
    expect(Zeek).toContain('c$id$orig_h == [2001:db8::1] && c$id$resp_h in set([2001:db8::a], [2001:db8::b])');
    expect(rulesOf(Suricata)).toEqual([['alert udp 2001:db8::1 any -> [2001:db8::a,2001:db8::b] 443', '']]);
    expect(Sigma).toContain("    dst_ip:\n      - '2001:db8::a'\n      - '2001:db8::b'\n");
  });

  it('look for the ends in Sigma where the flows have several names', () => {
    expect(lines({ otherNames: 1 }).Sigma).toContain('category: firewall');
  });

  it('say what they leave out', () => {
    const ends = [443, 80].map((port) => ({ address: '203.0.113.9', protocol: 6, port }));
    expect(leftOutOfLines({ ends, otherEnds: 0 })).toBe('');
    expect(leftOutOfLines({ ends, otherEnds: 3 })).toBe(
      'These cover the 2 addresses and ports that most flows go to; 3 more are left out.',
    );
  });
});

/** Each rule's head, and the first option behind its message where it is one of ours. */
function rulesOf(text: string): [head: string, option: string][] {
  const rules = text.trimEnd().split('\n');
  expect(new Set(rules.map((rule) => /sid:(\d+)/.exec(rule)?.[1])).size).toBe(rules.length);
  return rules.map((rule) => {
    const [, head, option = ''] = /^(.*?) \(msg:"[^"]+"; (?:(flow:[^;]+|ip_proto:\d+); )?threshold:/.exec(rule) ?? [];
    return [head, option];
  });
}

describe('a host that a proxy was asked for', () => {
  const evil = 'a") or (1=1; $(id) `id` | x \\ \' /* */ #';

  it('puts no text of its own where tools expect an address', () => {
    const named = {
      source: '10.0.0.1',
      destination: evil,
      port: 443,
      protocol: 6,
      name: '',
      nameSource: 'capture' as const,
      otherNames: 0,
    };
    const ends = [{ address: evil, protocol: 6, port: 443 }];
    const pasted = pasteLines(pastedConnection(named, { ends, inVlans: false, traces: [] }));
    expect(pasted.length).toBeGreaterThan(3);
    for (const { text } of pasted) expect(text).not.toMatch(/1=1|\$\(id\)|`|\/\*/);
    for (const { text } of pasted) expect(text).toContain('10.0.0.1');
  });
});
