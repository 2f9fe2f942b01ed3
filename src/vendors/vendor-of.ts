import { gunzipSync } from 'fflate';
import list from 'oui-data' with { type: 'json' };
import { packedVendors, unpackedVendors } from './packed.ts';

const LAST_HALF = 2 ** 24;

let makers: ReadonlyMap<number, string> | null = null;

/** Who made the adapter of a MAC address, '' for a maker that is not known. The list is unpacked when it is first asked. */
export function vendorOf(mac: number): string {
  makers ??= unpackedVendors(typeof list === 'string' ? unzipped(list) : packedVendors(list));
  return makers.get(Math.floor(mac / LAST_HALF)) ?? '';
}

/** What a build has made of the list: see `plugin.ts`. */
function unzipped(base64: string): string {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return new TextDecoder().decode(gunzipSync(bytes));
}
