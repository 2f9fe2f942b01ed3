import { expect, it } from 'vitest';
import type { HostDeed } from '../../../../src/analysis/hosts/story.ts';
import { HuntHosts } from '../../../../src/fleet/hunt/hosts.ts';

it('a million things that hosts did are kept, and how many more there are is counted', () => {
  const hosts = new HuntHosts();
  const deeds = (count: number) => Array.from({ length: count }, () => ({}) as HostDeed);
  hosts.add(0, [{ address: '10.0.0.1', identities: [], deeds: deeds(999_999) }]);
  expect(hosts.deedsLeftOut).toBe(0);
  hosts.add(1, [{ address: '10.0.0.1', identities: [], deeds: deeds(4) }]);
  expect(hosts.deedsLeftOut).toBe(3);
});
