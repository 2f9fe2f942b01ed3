import type { ByteWindow } from './byte-window.ts';

/** A container format's reader: turns the bytes in a window into packets, as far as they go. */
export interface Container {
  readonly format: string;
  /**
   * Takes whole records from the window's start and moves it on. Returns how many bytes it wants to find there
   * before it can go on. Throws a `CaptureError` where the file cannot be followed any further.
   */
  decode(window: ByteWindow): number;
  /** Bytes from the window's start that nobody needs: the caller passes over them without keeping them. */
  takeSkip(): number;
  /** Called where the source ended with bytes left in the window. Throws the `CaptureError` that says what is cut. */
  cut(window: ByteWindow): never;
}

/** No record or block of packet data is longer than this, whatever a snap length claims. */
export const LONGEST_PACKET = 1 << 24;
