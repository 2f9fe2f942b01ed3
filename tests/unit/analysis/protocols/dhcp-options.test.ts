import { expect, it } from 'vitest';
import { dhcpParameterList } from '../../../../src/analysis/protocols/dhcp-options.ts';
import { concat, latin1 } from '../../../builders/payloads/bytes.ts';
import { dhcpMessage, dhcpOption } from '../../../builders/payloads/dhcp.ts';

const MAC = [2, 0, 0, 0, 0, 7];
const MESSAGE = dhcpMessage(MAC, [
  new Uint8Array(3),
  dhcpOption(12, latin1('office-pc')),
  dhcpOption(55, [1, 3, 6, 15, 119, 252]),
  dhcpOption(55, [1]),
]);

it('gives the options that a client asks for, in their order', () => {
  expect(dhcpParameterList(concat([5], MESSAGE), 1, 1 + MESSAGE.length)).toBe('1,3,6,15,119,252');
});

it('gives nothing without the option, without the cookie, or for an option that is cut', () => {
  const without = dhcpMessage(MAC, [dhcpOption(12, latin1('a'))]);
  expect(dhcpParameterList(without, 0, without.length)).toBe('');
  const ended = dhcpMessage(MAC, [Uint8Array.of(255), dhcpOption(55, [1])]);
  expect(dhcpParameterList(ended, 0, ended.length)).toBe('');
  const noCookie = MESSAGE.slice();
  noCookie[236] = 0;
  expect(dhcpParameterList(noCookie, 0, noCookie.length)).toBe('');
  for (let length = 0; length < 240 + 3 + 11 + 8; length++) expect(dhcpParameterList(MESSAGE, 0, length)).toBe('');
});
