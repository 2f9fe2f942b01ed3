import { ByteWriter } from './bytes.ts';

export const FAMILY_INET = 2;
/** AF_INET6 is 24 on NetBSD and OpenBSD, 28 on FreeBSD, 30 on Darwin. */
export const FAMILY_INET6_DARWIN = 30;

export interface LoopbackFrame {
  /** AF_INET when left out. */
  family?: number;
  /** Byte order of the machine that captured; little when left out. */
  littleEndian?: boolean;
  payload: Uint8Array;
}

/** A frame of BSD loopback encapsulation, LINKTYPE_NULL: four bytes of address family in the capturing host's order. */
export function loopback({ family = FAMILY_INET, littleEndian = true, payload }: LoopbackFrame): Uint8Array {
  return new ByteWriter().u32(family, littleEndian).bytes(payload).finish();
}
