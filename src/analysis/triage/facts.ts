import { hasSign } from '../protocols/signs.ts';
import { STEADY_RHYTHM } from '../scores/rhythm-levels.ts';
import type { Measures } from './measures.ts';
import { type Circumstance, CIRCUMSTANCES } from './columns.ts';
import type { BaselineSummary } from './baseline.ts';
import type { NameTraits } from './names/traits.ts';
import type { Zone } from '../net/zones.ts';
import type { TrafficCategory } from './traffic-category.ts';

/** The steady rhythm of all that one host has with one name, which no address behind that name shows by itself. */
export interface NameRhythm {
  /** Rhythm's score, and its interval in seconds. */
  score: number;
  intervalS: number;
  /** Flows that it is of, and the addresses that they go to: two or more. */
  flows: number;
  addresses: number;
}

/** What no rhythm is known of. */
export const NO_NAME_RHYTHM: NameRhythm = { score: Number.NaN, intervalS: Number.NaN, flows: 0, addresses: 0 };

/** What triage knows about one connection. Shares run from 0 to 1. */
export interface Facts {
  flows: number;
  port: number;
  /** IP protocol number of most flows. */
  protocol: number;
  /** Application of most flows, as `Applications` names it: "TLS", "HTTP", "Unknown". */
  application: string;
  /** The application was recognised by what was said, not guessed from the port. */
  applicationSeen: boolean;
  /** Bits of `OBSERVED`: what the source of the flows could show. Without a bit, what is missing was never looked for. */
  observed: number;
  category: TrafficCategory;
  sourceZone: Zone;
  destinationZone: Zone;
  /** Name of most flows in comparable form, their own or one that their host had resolved, '' for none; and what it tells. */
  name: string;
  /** A name is known for it, its own or one that its host had resolved. */
  isNamed: boolean;
  traits: NameTraits;
  /** Share of flows with a name, and share of those whose name is an address literal. */
  namedShare: number;
  literalShare: number;
  /** Share of flows without an answer, and with more than 20 payload bytes each way. */
  failedShare: number;
  dataShare: number;
  /** What its flows add up to: see `MEASURES`. */
  measures: Measures;
  /** Median absolute deviation over median of a flow's bytes, each way. */
  spreadSent: number;
  spreadReceived: number;
  /** Internal sources that go to the destination (to its name where it has one), and all internal sources. */
  hosts: number;
  allHosts: number;
  /** Share of the capture, from its first flow's start to its last one's, that went by before the first flow. */
  late: number;
  /** Its client fingerprint is one that its host uses nowhere else, though the host has others. */
  ownFingerprint: boolean;
  /** Rhythm's score, S, interval in seconds and jitter; NaN where it is not scored. */
  score: number;
  strength: number;
  intervalS: number;
  jitter: number;
  /** The steady rhythm that its host calls its name on, at several addresses: `NO_NAME_RHYTHM` for none. */
  byName: NameRhythm;
  /** Other nameless outside addresses that its host calls at the same interval. */
  siblings: number;
  /** Other nameless outside addresses that the same software of its host calls. */
  servers: number;
  /** Other nameless outside addresses that its host goes to on the same port. */
  samePort: number;
  /** Bits of `SIGNS` and of `CIRCUMSTANCES` that hold for it. */
  signs: number;
  circumstances: number;
  /** Whom its certificate is made out to where that is nobody, of `NOBODY`; '' for somebody. */
  nobody: string;
  /** Years between the browser that its requests name and the capture; 0 where none is named. */
  agentAge: number;
  /** Names under one domain that its client tunnels through, plus one; random names that do not exist. */
  tunnelled: number;
  generated: number;
  /** That domain, '' where the tunnel has none. */
  tunnelDomain: string;
  /** Nothing in the capture leaves the network: that it stays inside says little. */
  staysInternal: boolean;
  /** Bits of `NOVELTY`, hosts that went there before, and what says so; null without a baseline. */
  novelty: number;
  hostsBefore: number;
  baseline: BaselineSummary | null;
  /** Words on the watch list's entry that it meets, '' for none. */
  watched: string;
}

/** Whether a connection leaves the network for one host: its destination is neither inside nor a group. */
export function isOutward(facts: Pick<Facts, 'destinationZone'>): boolean {
  return facts.destinationZone === 'external';
}

/** Whether a connection comes from outside to a host of the network. */
export function isInbound({ sourceZone, destinationZone }: Pick<Facts, 'sourceZone' | 'destinationZone'>): boolean {
  return sourceZone === 'external' && destinationZone === 'internal';
}

/** Whether what comes from outside keeps to a steady rhythm, and asks as neither browsers nor scanners do: without a host. */
export function isDriven(facts: Facts): boolean {
  return isInbound(facts) && facts.score >= STEADY_RHYTHM && hasSign(facts.signs, 'noHost');
}

/** Whether it leaves the network, or would if there were anything else than the network in the capture. */
export function isAbroad(facts: Pick<Facts, 'sourceZone' | 'destinationZone' | 'staysInternal'>): boolean {
  return (
    (isOutward(facts) && facts.sourceZone !== 'external') ||
    (facts.staysInternal && facts.destinationZone === 'internal')
  );
}

/** Whether a circumstance holds. */
export function isSo({ circumstances }: Pick<Facts, 'circumstances'>, circumstance: Circumstance): boolean {
  return (circumstances & CIRCUMSTANCES[circumstance]) !== 0;
}

/** Whether no name tells who is behind the destination: most flows carry none, or an address in the place of one. */
export function isNameless(facts: Pick<Facts, 'namedShare' | 'literalShare'>): boolean {
  return facts.namedShare < 0.5 || facts.literalShare >= 0.5;
}

/** Rhythm's score of a connection, or that of its name where it is higher; NaN where neither has one. */
export function rhythmScoreOf({ score, byName }: Pick<Facts, 'score' | 'byName'>): number {
  return byName.score > score || Number.isNaN(score) ? byName.score : score;
}
