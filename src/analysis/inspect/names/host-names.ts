import { addressTextAt } from '../../net/address-text.ts';
import type { FlowColumns } from '../../flows/columns.ts';
import { nameText } from '../../protocols/text.ts';

/** Names kept of all captures together: bounds their memory whatever a capture holds. */
const MOST_NAMES = 200_000;

const scratch = new Uint8Array(255);

/** Names that captures' own name blocks give to addresses: what the capturing machine's resolver knew. */
export class HostNames {
  /** Names of further addresses, which there was no room for. */
  leftOut = 0;
  private readonly names = new Map<string, string>();

  /** Keeps the first name of an address (4 or 16 bytes). */
  add(address: Uint8Array, name: string): void {
    const text = addressTextAt(address, 0, address.length === 4 ? 4 : 6);
    if (this.names.has(text)) return;
    if (this.names.size >= MOST_NAMES) {
      this.leftOut++;
      return;
    }
    const length = Math.min(name.length, scratch.length);
    for (let index = 0; index < length; index++) scratch[index] = name.charCodeAt(index);
    const kept = nameText(scratch, 0, length);
    if (kept !== '') this.names.set(text, kept);
  }

  /** The flows with these names added to their addresses. */
  attach(flows: FlowColumns): FlowColumns {
    const known = flows.hostName.length > 0 ? flows.hostName : new Uint32Array(flows.addresses.length);
    if (this.names.size === 0) return { ...flows, hostName: known };
    const names = [...flows.names];
    const numbers = new Map(names.map((name, number) => [name, number]));
    const hostName = known.slice();
    for (const [text, address] of flows.addresses.numbersOf(this.names)) {
      const name = this.names.get(text)!;
      const number = numbers.get(name) ?? names.push(name) - 1;
      numbers.set(name, number);
      hostName[address] = number;
    }
    return { ...flows, names, hostName };
  }
}
