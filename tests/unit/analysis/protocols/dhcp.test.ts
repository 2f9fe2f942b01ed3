import { describe, expect, it } from 'vitest';
import { dhcpHostName } from '../../../../src/analysis/protocols/dhcp.ts';
import { concat, latin1 } from '../../../builders/payloads/bytes.ts';
import { dhcpMessage, dhcpOption, dhcpRequest } from '../../../builders/payloads/dhcp.ts';

const MAC = [2, 0, 0, 0, 0, 7];

function hostNameIn(bytes: Uint8Array): string {
  return dhcpHostName(bytes, 0, bytes.length);
}

describe('dhcpHostName', () => {
  it('reads option 12, lower case', () => {
    expect(hostNameIn(dhcpRequest(MAC, 'Office-PC'))).toBe('office-pc');
    const request = dhcpRequest(MAC, 'laptop');
    expect(dhcpHostName(concat([1, 2, 3], request), 3, 3 + request.length)).toBe('laptop');
  });

  it('steps over padding and ends at the end option', () => {
    const name = dhcpOption(12, latin1('printer'));
    expect(hostNameIn(dhcpMessage(MAC, [new Uint8Array(9), name]))).toBe('printer');
    expect(hostNameIn(dhcpMessage(MAC, [Uint8Array.of(255), name]))).toBe('');
    expect(hostNameIn(dhcpMessage(MAC, [dhcpOption(81, latin1('other')), dhcpOption(53, [1])]))).toBe('');
  });

  it('escapes and bounds the name', () => {
    expect(hostNameIn(dhcpRequest(MAC, 'a\r\nb\0c'))).toBe('a??b?c');
    expect(hostNameIn(dhcpRequest(MAC, 'x'.repeat(255)))).toHaveLength(255);
    expect(hostNameIn(dhcpRequest(MAC, ''))).toBe('');
  });

  it('leaves out zeros behind the name', () => {
    expect(hostNameIn(dhcpRequest(MAC, 'laptop\0\0'))).toBe('laptop');
    expect(hostNameIn(dhcpRequest(MAC, '\0'))).toBe('');
  });

  it('takes nothing that is cut, has no cookie, or claims more than there is', () => {
    const message = dhcpMessage(MAC, [dhcpOption(12, latin1('cut'))]);
    for (let length = 0; length < 245; length++) expect(dhcpHostName(message, 0, length)).toBe('');
    expect(dhcpHostName(message, 0, 245)).toBe('cut');
    const noCookie = message.slice();
    noCookie[236] = 0;
    expect(hostNameIn(noCookie)).toBe('');
    const lies = message.slice();
    lies[241] = 200;
    expect(hostNameIn(lies)).toBe('');
  });
});
