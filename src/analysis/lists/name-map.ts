/** Values by host name, for a name alone or for it and everything below it. Names are in comparable form. */
export class NameMap<Value> {
  private readonly exact = new Map<string, Value>();
  private readonly below = new Map<string, Value>();

  /** Keeps a value for a name, and with `below` for every name under it too; the first one given stays. */
  add(name: string, below: boolean, value: Value): void {
    const map = below ? this.below : this.exact;
    if (!map.has(name)) map.set(name, value);
  }

  /** The value of the closest rule that covers a name: itself, then its parents, label by label. */
  find(name: string): Value | undefined {
    const own = this.exact.get(name);
    if (own !== undefined) return own;
    for (let at = 0; ;) {
      const value = this.below.get(at === 0 ? name : name.slice(at));
      if (value !== undefined) return value;
      const dot = name.indexOf('.', at);
      if (dot < 0) return undefined;
      at = dot + 1;
    }
  }
}
