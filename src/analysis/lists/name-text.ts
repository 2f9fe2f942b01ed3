import { parseAddress } from '../net/address.ts';
import { portIn } from '../whole-number.ts';

/** A host name in its comparable form: lower case, without a trailing dot. */
export function comparableName(name: string): string {
  const lower = name.toLowerCase();
  return lower.endsWith('.') ? lower.slice(0, -1) : lower;
}

/**
 * Whether a name is an address literal, with or without a port: a Host header says "198.51.100.9:7080" and "[::1]:80".
 */
export function isAddressLiteral(name: string): boolean {
  if (name.startsWith('[')) return true;
  if (parseAddress(name) !== null) return true;
  const colon = name.lastIndexOf(':');
  return colon > 0 && portIn(name.slice(colon + 1)) !== null && parseAddress(name.slice(0, colon)) !== null;
}
