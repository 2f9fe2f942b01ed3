import { describe, expect, it } from 'vitest';
import { indicatorText, parseIndicator } from '../../../../src/analysis/lists/indicator.ts';
import { isRefusal } from '../../../../src/analysis/net/network.ts';

const JA3 = '6734f37431670b3ab4292b8f60f29984';
const JA4 = 't13d1516h2_8daaf6152771_02713d6af862';

function canonical(text: string): string {
  const indicator = parseIndicator(text);
  return isRefusal(indicator) ? `refused: ${indicator.reason}` : indicatorText(indicator);
}

describe('parseIndicator', () => {
  it.each([
    ['198.51.100.7', '198.51.100.7'],
    [' 198.51.100.7/24 ', '198.51.100.0/24'],
    ['2001:DB8::1', '2001:db8::1'],
    ['Example.COM.', '*.example.com'],
    ['*.example.com', '*.example.com'],
    ['=www.example.com', '=www.example.com'],
    ['localhost', '=localhost'],
    ['*.lan', '*.lan'],
    ['_ldap._tcp.example.com', '*._ldap._tcp.example.com'],
    ['198[.]51[.]100[.]7', '198.51.100.7'],
    ['hxxps://bad[.]example[.]com:8443/gate.php?x=1', '*.bad.example.com'],
    ['http://198.51.100.7/x', '198.51.100.7'],
    ['http://user@[2001:db8::1]:80/x', '2001:db8::1'],
    ['10.0.0.5 > Example.com', '10.0.0.5 > *.example.com'],
    ['10.0.0[.]5->=www.example[.]com', '10.0.0.5 > =www.example.com'],
    ['2001:db8::5 → 198.51.100.7/24', '2001:db8::5 > 198.51.100.0/24'],
    ['https://a.example/?q=10.0.0.5>b.example', '*.a.example'],
    [JA3.toUpperCase(), JA3],
    [JA4, JA4],
    ['t130200_1301_234ea6891581', 't130200_1301_234ea6891581'],
  ])('reads %s as %s', (text, expected) => {
    expect(canonical(text)).toBe(expected);
    expect(canonical(expected)).toBe(expected);
  });

  it.each([
    ['', 'empty'],
    ['1.2.3', 'not an address'],
    ['1.2.3.4/40', 'a prefix length of 40 does not fit the address'],
    ['example.com/path', 'not an address'],
    ['a b', 'neither an address, a network, a name nor a fingerprint'],
    ['bücher.example', 'not ASCII: write an international name in its xn-- form'],
    ['example..com', 'neither an address, a network, a name nor a fingerprint'],
    [`${'a'.repeat(64)}.com`, 'neither an address, a network, a name nor a fingerprint'],
    ['a.'.repeat(2000), 'too long'],
    [`${'a'.repeat(62)}.`.repeat(4) + 'aa', 'neither an address, a network, a name nor a fingerprint'],
    ['10.0.0.5 >', 'empty'],
    ['10.0.0.5 > 10.0.0.6 > a.example', 'behind ">" stands neither an address, a network nor a name'],
    [`10.0.0.5 > ${JA3}`, 'behind ">" stands neither an address, a network nor a name'],
    ['10.0.0.0/8 > a.example', 'before ">" stands one address'],
    ['*', 'neither an address, a network, a name nor a fingerprint'],
    ['a.*.com', 'neither an address, a network, a name nor a fingerprint'],
  ])('refuses %j: %s', (text, reason) => {
    expect(parseIndicator(text)).toEqual({ reason });
  });
});
