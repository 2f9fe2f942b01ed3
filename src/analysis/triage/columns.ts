/** Triage of the listed connections, one value a row: what the order, the badges and the phrases come from. */
export interface TriageColumns extends FactColumns {
  /** Sum of the points. */
  total: Int8Array;
  /** Index into `BADGES`. */
  badge: Uint8Array;
  /** Bit set of places in `RULES`: the lines that apply. */
  lines: Uint32Array;
  /** 1 where everything that a connection goes to is on the allow list. */
  setAside: Uint8Array;
  /** The row that shows it: its own number, or that of the twin it is folded under. */
  head: Uint32Array;
  /** Index into `TriageSummary.watched`; 0 where the watch list does not meet it. */
  watched: Uint32Array;
}

/** What flows say of the listed connections, whatever the analyst's lists of what to set aside and to look for. */
export interface FactColumns {
  /** Index into `APPLICATIONS` of the application of most flows, and 1 where a payload showed it. */
  application: Uint8Array;
  applicationSeen: Uint8Array;
  /** Bits of `OBSERVED`: what at least half of the flows could show. */
  observed: Uint16Array;
  /** Indexes into `PLACES`. */
  sourcePlace: Uint8Array;
  destinationPlace: Uint8Array;
  /** Shares and spreads as in `Facts`. */
  namedShare: Float64Array;
  literalShare: Float64Array;
  failedShare: Float64Array;
  dataShare: Float64Array;
  spreadSent: Float64Array;
  spreadReceived: Float64Array;
  late: Float64Array;
  /** Inside sources that go to the destination. */
  hosts: Uint32Array;
  /** Other nameless outside addresses that the source calls at the same interval. */
  siblings: Uint32Array;
  /** 1 where a client fingerprint is one that the source uses towards this destination alone. */
  ownFingerprint: Uint8Array;
}

/** Columns for `length` connections without a point. */
export function createTriageColumns(length: number): TriageColumns {
  return {
    ...createFactColumns(length),
    total: new Int8Array(length),
    badge: new Uint8Array(length),
    lines: new Uint32Array(length),
    setAside: new Uint8Array(length),
    head: Uint32Array.from({ length }, (_, row) => row),
    watched: new Uint32Array(length),
  };
}

/** Columns for `length` connections of which nothing is known. */
export function createFactColumns(length: number): FactColumns {
  const shares = (): Float64Array => new Float64Array(length);
  return {
    application: new Uint8Array(length),
    applicationSeen: new Uint8Array(length),
    observed: new Uint16Array(length),
    sourcePlace: new Uint8Array(length),
    destinationPlace: new Uint8Array(length),
    namedShare: shares(),
    literalShare: shares(),
    failedShare: shares(),
    dataShare: shares(),
    spreadSent: shares(),
    spreadReceived: shares(),
    late: shares(),
    hosts: new Uint32Array(length),
    siblings: new Uint32Array(length),
    ownFingerprint: new Uint8Array(length),
  };
}
