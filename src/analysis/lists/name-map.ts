/** Values by host name, for a name alone or for it and everything below it. Names are in comparable form. */
export class NameMap<Value> {
  private readonly exact = new Map<string, Value>();
  private readonly below = new Map<string, Value>();
  /** Labels of the longest rule for all below a name: a packet's name may have a hundred more, each in vain. */
  private mostLabels = 0;

  /** Keeps a value for a name, and with `below` for every name under it too; the first one given stays. */
  add(name: string, below: boolean, value: Value): void {
    const map = below ? this.below : this.exact;
    if (map.has(name)) return;
    map.set(name, value);
    if (below) this.mostLabels = Math.max(this.mostLabels, name.split('.').length);
  }

  /** The value of the closest rule that covers a name: itself, then its parents, label by label. */
  find(name: string): Value | undefined {
    const own = this.exact.get(name);
    if (own !== undefined) return own;
    for (let at = lastLabels(name, this.mostLabels); at >= 0; at = name.indexOf('.', at) + 1 || -1) {
      const value = this.below.get(at === 0 ? name : name.slice(at));
      if (value !== undefined) return value;
    }
    return undefined;
  }
}

/** Where the last labels of a name begin, at most so many; -1 for none. */
function lastLabels(name: string, most: number): number {
  let at = most === 0 ? -1 : name.length + 1;
  for (let labels = 0; labels < most && at > 0; labels++) at = name.lastIndexOf('.', at - 2) + 1;
  return at;
}
