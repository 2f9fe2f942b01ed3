import type { AddressList } from '../net/address-list.ts';

/** What logs say of where addresses lie: those that are the network's own, and those that are not. */
export interface SaidZones {
  internal: string[];
  external: string[];
}

/** How many more rows call an address local than do not. */
export interface LocalRows {
  address: string;
  rows: number;
}

/** Which addresses logs call local (Zeek's `local_orig` and `local_resp`): what most of their rows say. */
export class LocalEnds {
  /** By number of an address: rows that call it local, less those that do not. */
  private readonly rows = new Map<number, number>();

  add(address: number, isLocal: boolean): void {
    this.rows.set(address, (this.rows.get(address) ?? 0) + (isLocal ? 1 : -1));
  }

  /** Rows by address, with the addresses' numbers as texts: what parts of a log are added up by. */
  counts(addresses: AddressList): LocalRows[] {
    return Array.from(this.rows, ([address, rows]) => ({ address: addresses.text(address), rows }));
  }

  /** What was said of some addresses; nothing where none is called local, for then nobody told Zeek what is. */
  of(addresses: AddressList): SaidZones {
    const said: SaidZones = { internal: [], external: [] };
    for (const [address, rows] of this.rows) (rows > 0 ? said.internal : said.external).push(addresses.text(address));
    return said.internal.length === 0 ? { internal: [], external: [] } : said;
  }
}
