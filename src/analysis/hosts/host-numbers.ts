import type { FlowColumns } from '../flows/columns.ts';
import type { HostsSeen, SeenMac } from '../inspect/hosts/hosts-seen.ts';
import { ZONES } from '../net/zones.ts';
import { ownersOf } from './owners.ts';

const INTERNAL = ZONES.indexOf('internal');
const NO_HOST = -1;
/** Hosts that are told apart: a scan from many made-up addresses has more. */
const MOST_HOSTS = 20_000;

/** A host of the network: its addresses, and its MAC addresses (several where an address changed hands). */
export interface Host {
  addresses: string[];
  macs: SeenMac[];
}

/** The hosts of the network by number, and whose an address is. */
export interface HostNumbers {
  hosts: Host[];
  /** By number of an address of flows: its host, -1 for none. */
  ofAddress: Int32Array;
  /** By text of an address. */
  ofText: ReadonlyMap<string, number>;
  /** Hosts that found no room. */
  leftOut: number;
}

/**
 * Numbers the hosts that sent anything, or answered: one for each internal address, with the other addresses of its machine
 * where the capture shows them safely.
 *
 * @param places by address: index into `ZONES`
 */
export function numberHosts(flows: FlowColumns, places: Uint8Array, seen: HostsSeen): HostNumbers {
  const spoke = speakers(flows);
  const isHost = (number: number): boolean => spoke[number] === 1 && places[number] === INTERNAL;
  const owners = ownersOf(seen);
  const owned = new Set(owners.flatMap(({ addresses }) => addresses));
  const numbers = flows.addresses.numbersOf(owned);
  const hosts: Host[] = [];
  const ofText = new Map<string, number>();
  let leftOut = 0;
  const add = (addresses: readonly string[]): number => {
    if (hosts.length >= MOST_HOSTS) {
      leftOut++;
      return NO_HOST;
    }
    const host = hosts.push({ addresses: [...addresses], macs: [] }) - 1;
    for (const address of addresses) ofText.set(address, host);
    return host;
  };
  for (const { addresses, mac } of owners) {
    if (!addresses.some((address) => isHost(numbers.get(address) ?? NO_HOST))) continue;
    const host =
      ofText.get(addresses[0]) ?? add(addresses.filter((address) => numbers.has(address) && !ofText.has(address)));
    if (host === NO_HOST) continue;
    hosts[host].macs.push(mac);
  }
  const ofAddress = new Int32Array(flows.addresses.length).fill(NO_HOST);
  for (const [address, number] of numbers) ofAddress[number] = ofText.get(address) ?? NO_HOST;
  for (let number = 0; number < ofAddress.length; number++) {
    if (ofAddress[number] === NO_HOST && isHost(number)) ofAddress[number] = add([flows.addresses.text(number)]);
  }
  return { hosts, ofAddress, ofText, leftOut };
}

/** By address: 1 where something came from it. */
function speakers(flows: FlowColumns): Uint8Array {
  const spoke = new Uint8Array(flows.addresses.length);
  for (let flow = 0; flow < flows.length; flow++) {
    spoke[flows.source[flow]] = 1;
    if (flows.packetsReceived[flow] > 0) spoke[flows.destination[flow]] = 1;
  }
  return spoke;
}
