import type { Capture, Row } from './corpus.ts';

/** How well a list serves an analyst; shares run from 0 to 1. */
export interface Measure {
  /** Captures with certain command and control. */
  malicious: number;
  /** Share of them in which one of it is the first row, or among the first three. */
  top1: number;
  top3: number;
  /** Share of them in which one of it is among the first ten rows and is to be read first or next. */
  badged: number;
  /** Share of them whose headline names a host of a labelled connection; benign captures whose headline names a host. */
  host: number;
  benignHosts: number;
  /** Labelled connections that are to be read first or next, of all. */
  found: number;
  labelled: number;
  /** Of benign captures, and of benign logs: rows to be read first, rows to be read at all, and how many have none. */
  captures: Load;
  logs: Load;
  /** Share of listed labelled connections with more points than 95 % of the benign rows. */
  aboveBenign: number;
}

export interface Load {
  first: number;
  badged: number;
  quiet: number;
  all: number;
}

const TOP = 10;
const BENIGN_QUANTILE = 0.95;

/** Measures rows in the order they are in. */
export function measure(captures: readonly Capture[]): Measure {
  const malicious = captures.filter(({ labelled }) => labelled > 0);
  const share = (holds: (rows: Row[]) => boolean): number =>
    malicious.filter(({ rows }) => holds(rows)).length / Math.max(1, malicious.length);
  const isC2 = ({ label }: Row): boolean => label === 1;
  const benign = captures.filter(({ isBenign }) => isBenign);
  const totals = benign.flatMap(({ rows }) => rows.map(({ total }) => total)).toSorted((a, b) => a - b);
  const limit = totals[Math.floor(BENIGN_QUANTILE * totals.length)] ?? 0;
  const c2 = malicious.flatMap(({ rows }) => rows.filter(isC2));
  return {
    malicious: malicious.length,
    top1: share((rows) => rows.slice(0, 1).some(isC2)),
    top3: share((rows) => rows.slice(0, 3).some(isC2)),
    badged: share((rows) => rows.slice(0, TOP).some((row) => isC2(row) && isToRead(row))),
    host: malicious.filter(namesInfected).length / Math.max(1, malicious.length),
    benignHosts: benign.filter(({ firstHost }) => firstHost.length > 0).length,
    found: c2.filter(isToRead).length,
    labelled: malicious.reduce((sum, { labelled }) => sum + labelled, 0),
    captures: loadOf(benign.filter(({ isLog }) => !isLog)),
    logs: loadOf(benign.filter(({ isLog }) => isLog)),
    aboveBenign: c2.filter(({ total }) => total > limit).length / Math.max(1, c2.length),
  };
}

/** Rows of benign captures and logs that are to be read. */
export function toReadInBenign(captures: readonly Capture[]): number {
  return loadOf(captures.filter(({ isBenign }) => isBenign)).badged;
}

/** One line of figures. */
export function measureText({
  top1,
  top3,
  badged,
  host,
  found,
  labelled,
  captures,
  logs,
  aboveBenign,
}: Measure): string {
  const each = (load: Load): string => (load.badged / Math.max(1, load.all)).toFixed(2);
  return (
    `top1 ${top1.toFixed(2)} top3 ${top3.toFixed(2)} badged ${badged.toFixed(2)} host ${host.toFixed(2)} above95 ${aboveBenign.toFixed(2)}; ` +
    `connections ${found} of ${labelled}; benign captures ${each(captures)} rows each, none in ${captures.quiet} of ` +
    `${captures.all}; logs ${logs.first} first, ${logs.badged - logs.first} next`
  );
}

/** A connection's ends are "source destination port". */
function namesInfected({ firstHost, rows }: Capture): boolean {
  const labelled = rows.filter(({ label }) => label === 1);
  const infected = new Set(labelled.flatMap(({ ends }) => ends.split(' ').slice(0, 2)));
  return firstHost.some((address) => infected.has(address));
}

function isToRead({ badge }: Row): boolean {
  return badge === 'first' || badge === 'next';
}

function loadOf(captures: readonly Capture[]): Load {
  const badged = captures.map(({ rows }) => rows.filter(isToRead).length);
  return {
    first: captures.reduce((sum, { rows }) => sum + rows.filter(({ badge }) => badge === 'first').length, 0),
    badged: badged.reduce((sum, count) => sum + count, 0),
    quiet: badged.filter((count) => count === 0).length,
    all: captures.length,
  };
}
