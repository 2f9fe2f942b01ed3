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
  const randomLabel = vendor || connectivityCheck ? '' : randomLabelOf(name);
  const disposable = disposableKind(name);
  const ending = cheapEnding(name);
  const reach = reachOf(name);
  const tellsAddress = tellsOwnAddress(name);
  const isPlain = !vendor && !connectivityCheck && !tellsAddress && randomLabel + disposable + ending + reach === '';
  if (isPlain) return PLAIN;
  return {
    vendor,
    connectivityCheck,
    randomLabel,
    disposable,
    cheapEnding: ending,
    reach,
    tellsOwnAddress: tellsAddress,
  };
}

/** Traits of names that come again and again. */
export class TraitCache {
  private readonly traits = new Map<string, NameTraits>();
  /** Of lists of names, by number: looking up a million texts takes longer than their traits. */
  private readonly lists = new WeakMap<readonly string[], (NameTraits | undefined)[]>();

  /** Gives what `nameTraits` says of one of some names, in any form, by its number: each is looked at once, when it is asked for. */
  byNumber(names: readonly string[]): (number: number) => NameTraits {
    const known = this.lists.get(names) ?? Array.from<NameTraits | undefined>({ length: names.length });
    this.lists.set(names, known);
    return (number) => (known[number] ??= nameTraits(comparableName(names[number])));
  }

  /** What it says of one of some names: by its number where the list is known, else by its text. */
  at(names: readonly string[], number: number): NameTraits {
    return this.lists.has(names) ? this.byNumber(names)(number) : this.of(comparableName(names[number]));
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
