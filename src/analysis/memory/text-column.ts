import type { DistinctTexts } from './distinct-texts.ts';

/** A text for every flow, as a number; several columns may number the same texts. */
export class TextColumn {
  readonly #distinct: DistinctTexts;
  #numbers = new Uint32Array(1024);
  #isEmpty = true;
  /** What was set last: flows one after another often say the same. */
  #lastText = '';
  #lastNumber = 0;

  constructor(distinct: DistinctTexts) {
    this.#distinct = distinct;
  }

  /** The text of a flow, '' without one. */
  get(flow: number): string {
    return this.#isEmpty || flow >= this.#numbers.length ? '' : this.#distinct.texts[this.#numbers[flow]];
  }

  /** Sets the text of a flow that has none yet. */
  keep(flow: number, text: string): void {
    if (flow >= this.#numbers.length || this.#numbers[flow] === 0) this.set(flow, text);
  }

  /** Sets the text of a flow; without, it is ''. */
  set(flow: number, text: string): void {
    if (text === '') return;
    if (flow >= this.#numbers.length) {
      const numbers = new Uint32Array(Math.max(flow + 1, this.#numbers.length * 2));
      numbers.set(this.#numbers);
      this.#numbers = numbers;
    }
    this.#isEmpty = false;
    if (text !== this.#lastText) {
      this.#lastText = text;
      this.#lastNumber = this.#distinct.numberOf(text);
    }
    this.#numbers[flow] = this.#lastNumber;
  }

  /** The numbers of some flows' texts, in the order given. */
  numbersOf(flows: Uint32Array): Uint32Array {
    const numbers = new Uint32Array(flows.length);
    if (this.#isEmpty) return numbers;
    const { length } = this.#numbers;
    for (let index = 0; index < flows.length; index++) {
      const flow = flows[index];
      if (flow < length) numbers[index] = this.#numbers[flow];
    }
    return numbers;
  }
}
