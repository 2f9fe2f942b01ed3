import type { CaptureWarning, Warnings } from './warnings.ts';

/** Counts records that are nothing but zeros: each reads as an empty packet of 1970, a run of them is a hole in the file. */
export class ZeroHole {
  private readonly warnings: Warnings;
  private warning: CaptureWarning | null = null;
  private records = 0;
  private bytes = 0;

  constructor(warnings: Warnings) {
    this.warnings = warnings;
  }

  get isOpen(): boolean {
    return this.warning !== null;
  }

  /** Counts one such record of `length` bytes at a byte offset of the file. */
  add(offset: number, length: number): void {
    if (this.warning === null) {
      this.warning = this.warnings.add('zero-filled', offset, '');
      this.records = 0;
      this.bytes = 0;
    }
    this.records++;
    this.bytes += length;
  }

  close(): void {
    if (this.warning === null) return;
    this.warning.message = `a hole of ${this.bytes} zero bytes: they read as ${this.records} empty packets without a time`;
    this.warning = null;
  }
}
