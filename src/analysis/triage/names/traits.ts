import { comparableName } from '../../lists/name-text.ts';
import { cheapEnding } from './cheap-endings.ts';
import { CONNECTIVITY_LABELS, CONNECTIVITY_NAMES } from './connectivity-labels.ts';
import { disposableKind } from './disposable.ts';
import { tellsOwnAddress } from './own-address.ts';
import { randomLabelOf } from '../../dns/random-label.ts';
import { type Reach, reachOf } from './reach.ts';
import { isVendorName } from './vendor-names.ts';

/** What a name alone says about the software behind it. */
export interface NameTraits {
  /** The vendor of the software runs everything under this name itself. */
  vendor: boolean;
  connectivityCheck: boolean;
  /** The registered label where it looks machine-made, else empty; a vendor's name is what it is. */
  randomLabel: string;
  /** What kind of name anybody has within minutes it is ("dynamic DNS"), '' for none. */
  disposable: string;
  /** The top-level domain where names under it are given away for next to nothing, else empty. */
  cheapEnding: string;
  /** Why it can be no name of the Internet, '' where it can. */
  reach: Reach;
  /** A service that tells its clients which address they come from. */
  tellsOwnAddress: boolean;
}

/** Most names say nothing: all of them share this. */
const PLAIN: NameTraits = {
  vendor: false,
  connectivityCheck: false,
  randomLabel: '',
  disposable: '',
  cheapEnding: '',
  reach: '',
  tellsOwnAddress: false,
};

/** Traits of a name in comparable form; an empty name and an address literal have none. */
export function nameTraits(name: string): NameTraits {
  const vendor = isVendorName(name);
  const dot = name.indexOf('.');
  const connectivityCheck = CONNECTIVITY_NAMES.has(name) || (dot > 0 && CONNECTIVITY_LABELS.has(name.slice(0, dot)));
  const traits: NameTraits = {
    vendor,
    connectivityCheck,
    randomLabel: vendor || connectivityCheck ? '' : randomLabelOf(name),
    disposable: disposableKind(name),
    cheapEnding: cheapEnding(name),
    reach: reachOf(name),
    tellsOwnAddress: tellsOwnAddress(name),
  };
  return Object.values(traits).some(Boolean) ? traits : PLAIN;
}

/** Traits of names that come again and again. */
export class TraitCache {
  private readonly traits = new Map<string, NameTraits>();
  /** Of lists of names that were asked for as a whole, by number: looking up a million texts takes longer than their traits. */
  private readonly lists = new WeakMap<readonly string[], readonly NameTraits[]>();

  /** What `nameTraits` says of each of some names, in any form. */
  ofAll(names: readonly string[]): readonly NameTraits[] {
    let all = this.lists.get(names);
    if (all === undefined) {
      all = names.map((name) => nameTraits(comparableName(name)));
      this.lists.set(names, all);
    }
    return all;
  }

  /** What it says of one of some names, by its number. */
  at(names: readonly string[], number: number): NameTraits {
    return this.lists.get(names)?.[number] ?? this.of(comparableName(names[number]));
  }

  /** What `nameTraits` says of a name. */
  of(name: string): NameTraits {
    let traits = this.traits.get(name);
    if (traits === undefined) {
      traits = nameTraits(name);
      this.traits.set(name, traits);
    }
    return traits;
  }
}
