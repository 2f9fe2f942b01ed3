import type { Packet } from './packet.ts';
import { boundedText, eachOption } from './pcapng-options.ts';

const IF_NAME = 2;
const IF_TSRESOL = 9;
const IF_TSOFFSET = 14;

/** What an interface description block says of the packets that name it. */
export interface Interface {
  linkType: number;
  /** 0: no limit. */
  snapLength: number;
  /** Timestamp units in a second (if_tsresol): a power of ten or of two. */
  unitsPerSecond: number;
  /** Seconds to add to every timestamp (if_tsoffset). */
  offsetSeconds: number;
  /** if_name, empty where it is not given. */
  name: string;
  /** Comments in its block. */
  comments: number;
  /** Packets that the interface or the system dropped, by the last statistics block. */
  dropped: number;
}

/** Reads the body of an interface description block, which lies in `view` from `body` to `end`. */
export function describeInterface(view: DataView, body: number, end: number, littleEndian: boolean): Interface {
  const described: Interface = {
    linkType: view.getUint16(body, littleEndian),
    snapLength: view.getUint32(body + 4, littleEndian),
    unitsPerSecond: 1e6,
    offsetSeconds: 0,
    name: '',
    comments: 0,
    dropped: 0,
  };
  described.comments = eachOption(view, body + 8, end, littleEndian, (code, at, length) => {
    if (code === IF_NAME) described.name = boundedText(view, at, length);
    else if (code === IF_TSRESOL && length === 1) described.unitsPerSecond = resolution(view.getUint8(at));
    else if (code === IF_TSOFFSET && length === 8) described.offsetSeconds = Number(view.getBigInt64(at, littleEndian));
  });
  return described;
}

/** The highest bit chooses between powers of two and of ten; the rest is the exponent. */
function resolution(value: number): number {
  const exponent = value & 0x7f;
  return value & 0x80 ? 2 ** exponent : 10 ** exponent;
}

/** Up to here a product with 65,536 is exact in a double. */
const EXACT_UNITS = 2 ** 37;

/** Sets a packet's time from a 64-bit timestamp given as two halves. Fractions below a nanosecond are cut off. */
export function stamp(packet: Packet, high: number, low: number, from: Interface): void {
  const { unitsPerSecond } = from;
  let seconds: number;
  let units: number;
  if (high < 0x20_0000) {
    const value = high * 0x1_0000_0000 + low;
    seconds = Math.floor(value / unitsPerSecond);
    units = value - seconds * unitsPerSecond;
  } else if (unitsPerSecond <= EXACT_UNITS) {
    // Long division in base 65,536, so that no step leaves the exact range of a double.
    const firstRest = high % unitsPerSecond;
    const second = firstRest * 0x1_0000 + (low >>> 16);
    const secondRest = second % unitsPerSecond;
    const third = secondRest * 0x1_0000 + (low & 0xffff);
    units = third % unitsPerSecond;
    seconds =
      ((high - firstRest) / unitsPerSecond) * 0x1_0000_0000 +
      ((second - secondRest) / unitsPerSecond) * 0x1_0000 +
      (third - units) / unitsPerSecond;
  } else {
    const value = (BigInt(high) << 32n) | BigInt(low);
    const perSecond = BigInt(unitsPerSecond);
    seconds = Number(value / perSecond);
    packet.seconds = seconds + from.offsetSeconds;
    packet.nanoseconds = Number(((value % perSecond) * 1_000_000_000n) / perSecond);
    return;
  }
  packet.seconds = seconds + from.offsetSeconds;
  packet.nanoseconds = nanoseconds(units, unitsPerSecond);
}

function nanoseconds(units: number, unitsPerSecond: number): number {
  if (unitsPerSecond === 1e6) return units * 1000;
  if (unitsPerSecond === 1e9) return units;
  if (unitsPerSecond > 1e6) return Number((BigInt(units) * 1_000_000_000n) / BigInt(unitsPerSecond));
  return Math.floor((units * 1e9) / unitsPerSecond);
}
