/**
 * The mode of a column among a group's flows: the value that most of them have, the first of equals, and how many others
 * there are. One lives as long as a table is built.
 */
export class Mode {
  value = 0;
  others = 0;
  private readonly column: Uint32Array | Uint16Array | Uint8Array;

  constructor(column: Uint32Array | Uint16Array | Uint8Array) {
    this.column = column;
  }

  /** Looks at some flows, at least one. */
  count(members: Uint32Array): void {
    const { column } = this;
    const first = column[members[0]];
    this.value = first;
    this.others = 0;
    for (let index = 1; index < members.length; index++) {
      if (column[members[index]] !== first) return this.countAll(members);
    }
  }

  private countAll(members: Uint32Array): void {
    const counts = new Map<number, number>();
    for (const flow of members) counts.set(this.column[flow], (counts.get(this.column[flow]) ?? 0) + 1);
    let most = 0;
    for (const [value, count] of counts) {
      if (count <= most) continue;
      most = count;
      this.value = value;
    }
    this.others = counts.size - 1;
  }
}
