import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../../../src/analysis/net/address.ts';
import { AddressList } from '../../../../src/analysis/net/address-list.ts';
import { AddressTable } from '../../../../src/analysis/net/addresses.ts';

const end = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.constantFrom('', 'host.example', '10.0.0.01', '::ffff:10.0.0.1', '2001:DB8::1', '2001:db8:0:0::1', 'fe80::1%eth0'),
);

describe('the ends of flows by number', () => {
  it('have the text that they were given as, and the address that it reads as', () => {
    fc.assert(
      fc.property(fc.array(end), fc.array(end), (texts, more) => {
        const list = AddressList.of(texts).with(more);
        const all = [...texts, ...more];
        expect(list.texts()).toEqual(all);
        expect(all.map((_, number) => list.address(number))).toEqual(all.map(parseAddress));
        expect(all.map((_, number) => list.ipv4(number) !== null)).toEqual(
          all.map((text) => !text.includes(':') && parseAddress(text) !== null),
        );
      }),
    );
  });

  it('are found by some texts, of which those alone are given that are there', () => {
    fc.assert(
      fc.property(fc.uniqueArray(end), fc.array(end), (texts, wanted) => {
        const found = AddressList.of(texts).numbersOf(new Set(wanted));
        const expected = texts.flatMap((text, number) => (wanted.includes(text) ? [[text, number]] : []));
        expect([...found]).toEqual(expected);
      }),
    );
  });

  it('of a table stay as they are when more are added to it', () => {
    const table = new AddressTable();
    const texts = Array.from({ length: 200 }, (_, index) => `10.0.0.${index}`);
    texts.slice(0, 3).forEach((text) => table.idOfText(text));
    const list = table.list();
    texts.forEach((text) => table.idOfText(text));
    expect(list.texts()).toEqual(texts.slice(0, 3));
    expect(table.list().texts()).toEqual(texts);
  });
});
