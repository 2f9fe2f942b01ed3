/** Room for so many bytes or characters, whatever a file claims. */
export class Room {
  private readonly most: number;
  private readonly what: string;
  private taken = 0;

  /** @param what there is room for: "bytes in unpacked pages" */
  constructor(most: number, what: string) {
    this.most = most;
    this.what = what;
  }

  /** Uses some of it. Throws where there is no more. */
  take(count: number): void {
    this.taken += count;
    if (this.taken > this.most) throw new RangeError(`more than ${this.most} ${this.what}`);
  }
}
