import list from 'oui-data' with { type: 'json' };
import { packedVendors } from './packed.ts';

const LAST_HALF = 2 ** 24;

let makers: ReadonlyMap<number, string> | null = null;

/**
 * Who made the adapter of a MAC address, '' for a maker that is not known. The list, which a build has reduced to a text
 * (see `packed.ts`), is unpacked when it is first asked.
 */
export function vendorOf(mac: number): string {
  makers ??= unpackedVendors(typeof list === 'string' ? list : packedVendors(list));
  return makers.get(Math.floor(mac / LAST_HALF)) ?? '';
}

/** Makers by their blocks, out of what `packedVendors` made. */
export function unpackedVendors(packed: string): Map<number, string> {
  const byBlock = new Map<number, string>();
  for (const line of packed.split('\n')) {
    const [name, blocks = ''] = line.split('\t');
    let block = 0;
    for (const distance of blocks.split(' ')) {
      block += Number.parseInt(distance, 36);
      byBlock.set(block, name);
    }
  }
  return byBlock;
}
