import { describe, expect, it } from 'vitest';
import type { NamedConnection } from '../../../src/export/paste/connection.ts';
import { pasteLines } from '../../../src/export/paste/lines.ts';

const HTTPS: NamedConnection = {
  source: '10.0.0.1', destination: '203.0.113.9', port: 443, protocol: 6, name: 'beacon.example', nameSource: 'tls',
};

function lines(connection: Partial<NamedConnection> = {}): Record<string, string> {
  return Object.fromEntries(pasteLines({ ...HTTPS, ...connection }).map(({ tool, text }) => [tool, text]));
}

describe('lines to paste', () => {
  it('find a TCP connection in every tool', () => {
    const { Wireshark, tcpdump, Zeek, Suricata, Sigma } = lines();
    expect(Wireshark).toBe('ip.src == 10.0.0.1 && ip.dst == 203.0.113.9 && tcp.dstport == 443');
    expect(tcpdump).toBe('host 10.0.0.1 and host 203.0.113.9 and tcp port 443');
    expect(Zeek).toContain('c$id$orig_h == 10.0.0.1 && c$id$resp_h == 203.0.113.9 && c$id$resp_p == 443/tcp');
    const [ends, named] = Suricata.trimEnd().split('\n');
    expect(ends).toMatch(/^alert tcp 10\.0\.0\.1 any -> 203\.0\.113\.9 443 \(msg:"[^"]+"; flow:established,to_server; .* sid:1\d{6}; rev:1;\)$/);
    expect(named).toContain('alert tls 10.0.0.1 any -> any any');
    expect(named).toContain('tls.sni; content:"beacon.example"; nocase; bsize:14;');
    expect(Sigma).toContain("category: proxy\ndetection:\n  selection:\n    cs-host: 'beacon.example'\n");
  });

  it('are of the firewall where there is no name', () => {
    const { Suricata, Sigma } = lines({ name: '', nameSource: '' });
    expect(Suricata.trimEnd().split('\n')).toHaveLength(1);
    expect(Sigma).toContain("category: firewall\ndetection:\n  selection:\n    src_ip: '10.0.0.1'\n    dst_ip: '203.0.113.9'\n    dst_port: 443\n");
  });

  it('write IPv6 and protocols without ports as each tool has them', () => {
    const { tcpdump, Zeek, Suricata, Wireshark, Sigma } = lines({ source: 'fe80::1', destination: 'ff02::fb', protocol: 58, port: 0, name: '' });
    expect(tcpdump).toBe('host fe80::1 and host ff02::fb and ip6 proto 58');
    expect(Zeek).toContain('c$id$orig_h == [fe80::1] && c$id$resp_h == [ff02::fb] )');
    expect(Suricata).toMatch(/^alert ip fe80::1 any -> ff02::fb any /);
    expect(Wireshark).toContain('icmpv6');
    expect(Sigma).toBeUndefined();
  });

  it('look for names where they were found', () => {
    expect(lines({ nameSource: 'http' }).Suricata).toContain('http.host; content:"beacon.example"; bsize:14;');
    expect(lines({ nameSource: 'dns', protocol: 17, port: 53 }).Suricata).toContain('alert dns 10.0.0.1 any -> any any');
    expect(lines({ nameSource: 'dns', protocol: 17, port: 53 }).Sigma).toContain("category: dns\ndetection:\n  selection:\n    query: 'beacon.example'");
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
