/**
 * A map of what came last: when it is full, the older half is let go of at once. Letting go of the oldest entry of a
 * `Map`, one for each that comes, passes over all that were taken out before it, and takes time by the square.
 */
export class RecentMap<Key, Value> {
  private recent = new Map<Key, Value>();
  private earlier = new Map<Key, Value>();
  private readonly half: number;
  private readonly letGo: (value: Value) => void;

  /**
   * @param most entries that are kept, and half of them at least
   * @param letGo is told of each that gives way to later ones
   */
  constructor(most: number, letGo: (value: Value) => void = () => undefined) {
    this.half = most / 2;
    this.letGo = letGo;
  }

  /** Entries that are held. */
  get size(): number {
    return this.recent.size + this.earlier.size;
  }

  get(key: Key): Value | undefined {
    return this.recent.get(key) ?? (this.earlier.size === 0 ? undefined : this.earlier.get(key));
  }

  /** Sets an entry, which is the latest then. */
  set(key: Key, value: Value): void {
    if (this.earlier.size > 0) this.earlier.delete(key);
    this.recent.set(key, value);
    if (this.recent.size < this.half) return;
    const gone = this.earlier;
    this.earlier = this.recent;
    this.recent = new Map();
    for (const old of gone.values()) this.letGo(old);
  }

  /** Lets go of all. */
  clear(): void {
    const gone = [this.earlier, this.recent];
    this.earlier = new Map();
    this.recent = new Map();
    for (const map of gone) for (const old of map.values()) this.letGo(old);
  }

  delete(key: Key): void {
    if (!this.recent.delete(key) && this.earlier.size > 0) this.earlier.delete(key);
  }
}
