import { DistinctTexts } from '../memory/distinct-texts.ts';
import type { NumberArray } from '../memory/growing-column.ts';
import type { AddressList } from '../net/address-list.ts';
import { AddressTable } from '../net/addresses.ts';

/** From here on ends are hosts: no log has as many addresses. */
const HOST_NUMBERS = 2 ** 31;

/** Numbers of the ends of flows: addresses, and hosts that proxies were asked for by name, which come behind those. */
export class EndNumbers {
  private addresses = new AddressTable();
  private hosts = new DistinctTexts();

  /** The number of an address given as text; -1 where it is none. */
  idOfText(text: string): number {
    return this.addresses.idOfText(text);
  }

  /** The number of an address or, of what is none, that of a host. */
  numberOf(text: string): number {
    const address = this.idOfText(text);
    return address < 0 ? HOST_NUMBERS + this.hosts.numberOf(text) : address;
  }

  copy(): EndNumbers {
    const copy = new EndNumbers();
    copy.addresses = this.addresses.copy();
    copy.hosts = this.hosts.copy();
    return copy;
  }

  /** All ends, once no more come; the hosts in a column of their numbers get those behind the addresses. */
  list(column: NumberArray): AddressList {
    const addresses = this.addresses.list();
    if (this.hosts.texts.length === 0) return addresses;
    for (let flow = 0; flow < column.length; flow++) {
      if (column[flow] >= HOST_NUMBERS) column[flow] = addresses.length + column[flow] - HOST_NUMBERS;
    }
    return addresses.with(this.hosts.texts);
  }
}
