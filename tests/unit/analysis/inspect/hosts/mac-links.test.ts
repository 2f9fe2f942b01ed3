import { expect, it } from 'vitest';
import { MacLinks } from '../../../../../src/analysis/inspect/hosts/mac-links.ts';

const MOST_MACS = 65_536;

it('keeps so many MAC addresses, and goes on to count what the known ones say', () => {
  const links = new MacLinks();
  for (let mac = 1; mac <= MOST_MACS + 10; mac++) links.add(mac * 2 ** 16, mac, 'sent');
  expect(links.leftOut).toBe(10);
  links.addRouter(2 ** 16);
  links.tell((MOST_MACS + 1) * 2 ** 16, 'name', 'desktop', 0);
  expect(links.leftOut).toBe(11);
  expect(links.macs.length).toBe(MOST_MACS);
  expect(links.macs[0]).toMatchObject({ mac: 2 ** 16, isRouter: true });
  expect([...links.macs[MOST_MACS - 1].addresses.keys()]).toEqual([MOST_MACS]);
});

it('goes on from a copy as from itself, apart from it', () => {
  const links = new MacLinks();
  links.add(1, 10, 'sent');
  const copy = links.copy();
  copy.add(1, 11, 'own');
  copy.add(2, 12, 'own');
  expect(copy.macs.map(({ mac, addresses }) => [mac, addresses.size])).toEqual([
    [1, 2],
    [2, 1],
  ]);
  expect(links.macs.map(({ mac, addresses }) => [mac, addresses.size])).toEqual([[1, 1]]);
});

it('keeps a copy as it was when more is said of the same', () => {
  const links = new MacLinks();
  links.tell(1, 'name', 'desktop', 5);
  const copy = links.copy();
  links.tell(1, 'name', 'desktop', 9);
  expect(copy.macs[0].said).toEqual([{ kind: 'name', text: 'desktop', firstMs: 5, lastMs: 5 }]);
});

it('takes a MAC address with more than sixteen addresses for a router, and keeps those', () => {
  const links = new MacLinks();
  for (let address = 1; address <= 16; address++) links.add(1, address, 'sent');
  links.add(1, 16, 'own');
  expect(links.macs[0]).toMatchObject({ isRouter: false });
  links.add(1, 17, 'sent');
  expect(links.macs[0]).toMatchObject({ isRouter: true });
  expect([...links.macs[0].addresses.keys()]).toEqual(Array.from({ length: 16 }, (_, at) => at + 1));
});

it('keeps eight things that one says of itself, and counts the rest', () => {
  const links = new MacLinks();
  for (let name = 0; name < 10; name++) links.tell(1, 'name', `name-${name}`, name);
  links.tell(1, 'name', 'name-7', 20);
  expect(links.macs[0].said.map(({ text, lastMs }) => [text, lastMs]).slice(6)).toEqual([
    ['name-6', 6],
    ['name-7', 20],
  ]);
  expect(links.leftOut).toBe(2);
});
