import { linkTypeName } from 'pcap-ts-parser';
import { expect, it } from 'vitest';

it.each([
  [0, 'NULL'],
  [10, 'FDDI'],
  [109, 'ENC'],
  [119, 'IEEE802_11_PRISM'],
  [129, 'ARCNET_LINUX'],
  [137, 'JUNIPER_ATM1'],
  [139, 'MTP2_WITH_PHDR'],
  [149, 'USER2'],
  [159, 'USER12'],
  [169, 'GPRS_LLC'],
  [179, 'JUNIPER_PPP'],
  [189, 'USB_LINUX'],
  [199, 'IPMB'],
  [207, 'LAPB_WITH_DIR'],
  [219, 'MPLS'],
  [229, 'IPV6'],
  [237, 'STANAG_5066_D_PDU'],
  [239, 'NFLOG'],
  [249, 'USBPCAP'],
  [255, 'BLUETOOTH_BREDR_BB'],
  [259, 'EPON'],
  [269, 'TI_LLN_SNIFFER'],
  [279, 'EBHSCR'],
  [288, 'USB_2_0'],
  [297, 'ZWAVE_TAP'],
  [301, 'DECT_NR'],
])('link type %i is %s: no run of names is shifted', (number, name) => {
  expect(linkTypeName(number)).toBe(`${name} (${number})`);
});

it('a number that was never given out is only a number', () => {
  for (const number of [11, 98, 208, 65_535]) expect(linkTypeName(number)).toBe(`${number}`);
});
