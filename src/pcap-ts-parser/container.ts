import type { ByteWindow } from './byte-window.ts';

/** A container format's reader: turns the bytes in a window into packets, as far as they go. */
export interface Container {
  readonly format: string;
  /** Whether the header of another capture lies at the window's start: what follows is for that one's reader. */
  readonly isBehind: boolean;
  /**
   * Takes whole records from the window's start and moves it on. Returns how many bytes it wants to find there
   * before it can go on. `final` says that the source has no more. Throws a `CaptureError` where nothing can be read.
   */
  decode(window: ByteWindow, final: boolean): number;
  /** Bytes from the window's start that nobody needs: the caller passes over them without keeping them. */
  takeSkip(): number;
  /** Called where the source ended inside a record. Throws the `CaptureError` that says what is cut. */
  cut(window: ByteWindow): never;
  /** Called after everything else, also after a fault: completes what was being counted. `end` is the last offset. */
  settle(end: number): void;
}

/** No record or block of packet data is longer than this, whatever a snap length claims. */
export const LONGEST_PACKET = 1 << 24;

/** What a search for the next record or block finds at a place: one, none, or too few bytes to tell. */
export type Fit = 'fits' | 'differs' | 'unknown';
