import { AddressList } from '../../../../src/analysis/net/address-list.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { textRanks } from '../../../../src/analysis/memory/text-ranks.ts';
import { addressRanks } from '../../../../src/analysis/net/address-ranks.ts';

const address = fc.oneof(
  fc.ipV4(),
  fc.ipV4(),
  fc.tuple(fc.integer({ min: 0, max: 2 }), fc.nat(255)).map(([network, host]) => `10.0.${network}.${host}`),
  fc.ipV6(),
  fc.constantFrom('', 'host', '10.0.0.01', '10.0.0', '10.0.0.1.', '1', '2001:db8::1'),
);

it('addresses have the places that their texts have', () => {
  fc.assert(
    fc.property(fc.array(address, { maxLength: 60 }), (texts) => {
      expect([...addressRanks(AddressList.of(texts))]).toEqual([...textRanks(texts)]);
    }),
  );
});
