import type { FaultKind } from './errors.ts';

/** Something about a capture its reader should know, though reading gave a result. */
export interface CaptureWarning {
  kind:
    | FaultKind
    | 'undecoded-link-type'
    | 'undecoded-ether-type'
    | 'undecoded-ppp'
    | 'encrypted-wifi'
    | 'damaged-ip'
    | 'pseudowire'
    | 'encrypted-ip'
    | 'agreed-tunnel'
    | 'closed-tunnels'
    | 'ip-fragments'
    | 'offloaded'
    | 'over-snap-length'
    | 'over-wire-length'
    | 'too-many'
    | 'joined-files'
    | 'unknown-version'
    | 'reserved-bits'
    | 'dropped-packets'
    | 'bad-checksum'
    | 'archive'
    | 'stray-stamps'
    | 'nanosecond-fractions';
  /** Byte offset in the file; null where the warning is about the whole file. */
  offset: number | null;
  message: string;
}

/** 412881 as "412,881". */
export function countText(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}

/** "2 packets", or "1 packet is" where `one` and `many` are "is" and "are". */
export function packetsText(count: number, one = '', many = one): string {
  const [packets, verb] = count === 1 ? ['1 packet', one] : [`${countText(count)} packets`, many];
  return verb === '' ? packets : `${packets} ${verb}`;
}

/** Of one kind so many warnings are kept: a damaged file of gigabytes can hold millions of faults. */
const MOST_OF_A_KIND = 20;

/** The warnings of one capture: the first of each kind one by one, the rest counted. */
export class Warnings {
  private readonly kept: CaptureWarning[] = [];
  private readonly counts = new Map<CaptureWarning['kind'], number>();

  /** Adds a warning and returns it; its message may still be completed. */
  add(kind: CaptureWarning['kind'], offset: number | null, message: string): CaptureWarning {
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    const warning = { kind, offset, message };
    if (count <= MOST_OF_A_KIND) this.kept.push(warning);
    return warning;
  }

  list(): CaptureWarning[] {
    const result = [...this.kept];
    for (const [kind, count] of this.counts) {
      if (count <= MOST_OF_A_KIND) continue;
      result.push({
        kind,
        offset: null,
        message: `${countText(count - MOST_OF_A_KIND)} more faults like the ${MOST_OF_A_KIND} before`,
      });
    }
    return result;
  }
}

/** A fault after which the next record or block has to be searched for. */
export class Gap {
  private readonly warning: CaptureWarning;
  private readonly offset: number;

  constructor(warning: CaptureWarning, offset: number) {
    this.warning = warning;
    this.offset = offset;
  }

  /** Says where reading went on, or with null that it did not. `unit` is what was searched for. */
  close(resumed: number | null, end: number, unit: string): void {
    this.warning.message +=
      resumed === null
        ? `; no ${unit} was found in the ${countText(end - this.offset)} bytes from there on`
        : `; ${countText(resumed - this.offset)} bytes were passed over to the next ${unit}`;
  }
}
