import type { ByteWindow } from './byte-window.ts';
import type { Container } from './container.ts';
import type { Emitter } from './emitter.ts';
import { containerOf, MAGIC_LENGTH, refuse } from './sniff.ts';

/** A capture, and those that were joined on to it, each read by its own header: "cat" asks nobody whether they are alike. */
export class JoinedCaptures implements Container {
  /** That of the first. */
  readonly format: string;
  readonly isBehind = false;
  private readonly emitter: Emitter;
  private current: Container;

  constructor(emitter: Emitter, first: Container) {
    this.emitter = emitter;
    this.format = first.format;
    this.current = first;
  }

  decode(window: ByteWindow, final: boolean): number {
    for (;;) {
      const wanted = this.current.decode(window, final);
      if (!this.current.isBehind) return wanted;
      this.current.settle(window.offset);
      const message = 'the header of another capture lies between records: what follows is read by it';
      this.emitter.warnings.add('joined-files', window.offset, message);
      const magic = window.bytes.subarray(window.start, window.start + MAGIC_LENGTH);
      this.current = containerOf(magic, this.emitter) ?? refuse(magic);
    }
  }

  takeSkip = (): number => this.current.takeSkip();

  cut(window: ByteWindow): never {
    return this.current.cut(window);
  }

  settle(end: number): void {
    this.current.settle(end);
  }
}
