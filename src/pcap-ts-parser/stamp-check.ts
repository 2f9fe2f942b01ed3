import type { Packet } from './packet.ts';
import { packetsText, type Warnings } from './warnings.ts';

/** Stamps of one capture that lie further apart are doubted, in seconds: a year. */
const FAR = 366 * 86_400;
/**
 * So is one that lies further ahead of the one before, in seconds: it is wrong where what follows goes on from before. A
 * stamp behind the others is none such, and of a doubted one only its own interface tells: those of others are written
 * down late.
 */
const AHEAD = 60;
/**
 * What goes on is no further behind than this, in seconds: one interface writes its packets down in order but for those
 * of several queues, and what goes back further is another file behind the one that paused.
 */
const LATE = 0.001;
/** So many packets at least show that the others go on from before. */
const FEWEST_BEFORE = 3;
/** Packets that are looked at to tell a wrong stamp from a clock that was set. */
const LOOKED_AT = 8;
/** Of so many that agree with what came before, one may agree with a doubted stamp: then it is wrong. */
const AGAINST_ONE = 3;
/** Stamps before 1990, when nobody captured packets yet, or from 2100 on. */
const EARLIEST = 631_152_000;
const LATEST = 4_102_444_800;
/** Frames that a warning names. */
const MOST_NAMED = 5;

type Held = Pick<
  Packet,
  'seconds' | 'nanoseconds' | 'timed' | 'linkType' | 'interfaceId' | 'fileOffset' | 'capturedLength' | 'wireLength'
> & { bytes: Uint8Array };

/**
 * Finds stamps that a capture cannot mean: 0, 1984 or 2106 among those of one day, or one of tomorrow among those of one
 * hour. A packet whose stamp is far from the one before waits, copied, until those behind it tell whether the clock was
 * set or the stamp is wrong; a wrong one is given the time of its neighbour, and marked.
 */
export class StampCheck {
  private readonly packet: Packet;
  private readonly handOn: () => void;
  private readonly held: Held[] = [];
  /** The last time that was trusted; NaN before the first. */
  private seconds = Number.NaN;
  private nanoseconds = 0;
  private wrong = 0;
  private isYearsOff = false;
  private readonly named: string[] = [];
  private firstOffset = 0;

  /** @param handOn hands on what the packet's fields say */
  constructor(packet: Packet, handOn: () => void) {
    this.packet = packet;
    this.handOn = handOn;
  }

  /** Packets that wait. */
  get waiting(): number {
    return this.held.length;
  }

  /** Whether the packet at hand has to wait: its stamp is doubted, or another packet waits before it. */
  isDoubtful(): boolean {
    const { packet, held } = this;
    if (held.length > 0) return true;
    if (!packet.timed) return false;
    const ahead = packet.seconds - this.seconds;
    if (!(ahead <= AHEAD && ahead >= -FAR)) return true;
    this.seconds = packet.seconds;
    this.nanoseconds = packet.nanoseconds;
    return false;
  }

  /** Lets the packet at hand wait, and hands on what waits no longer. */
  hold(): void {
    const { seconds, nanoseconds, timed, linkType, interfaceId, fileOffset, wireLength } = this.packet;
    const { capturedLength, start } = this.packet;
    const bytes = this.packet.bytes.slice(start, start + capturedLength);
    this.held.push({
      seconds,
      nanoseconds,
      timed,
      linkType,
      interfaceId,
      fileOffset,
      capturedLength,
      wireLength,
      bytes,
    });
    this.release(false);
  }

  /** Hands on all that waits, and says what was wrong. */
  settle(warnings: Warnings): void {
    this.release(true);
    if (this.wrong === 0) return;
    const packets = packetsText(this.wrong, 'is', 'are');
    const frames = this.named.join(', ') + (this.wrong > MOST_NAMED ? ' ...' : '');
    const away = this.isYearsOff ? 'years away from' : 'far ahead of';
    const message = `${packets} stamped ${away} those around (frame ${frames}): taken to be of their time`;
    warnings.add('stray-stamps', this.firstOffset, message);
  }

  private release(final: boolean): void {
    const { packet, held } = this;
    const { bytes, linkType, interfaceId } = packet;
    const enough = final ? 1 : LOOKED_AT;
    while (held.length >= enough || (held.length > 0 && this.isClose(held[0]))) {
      const next = held[0];
      const time = this.isClose(next) ? next : this.judged(next);
      held.shift();
      Object.assign(packet, next);
      packet.start = 0;
      if (time === next) {
        if (next.timed) ({ seconds: this.seconds, nanoseconds: this.nanoseconds } = next);
      } else {
        packet.misdated = true;
        packet.stampSeconds = next.seconds;
        packet.stampNanoseconds = next.nanoseconds;
        packet.seconds = time.seconds;
        packet.nanoseconds = time.nanoseconds;
        this.count(next);
      }
      this.handOn();
      packet.misdated = false;
    }
    packet.bytes = bytes;
    packet.linkType = linkType;
    packet.interfaceId = interfaceId;
    packet.timed = true;
  }

  /** The time that a packet counts at whose stamp is far from the last one that was trusted: its own, or a neighbour's. */
  private judged(doubted: Held): { seconds: number; nanoseconds: number } {
    const others = this.held.slice(1).filter(({ timed }) => timed);
    const agree = others.filter((other) => this.isNear(other, doubted.seconds)).length;
    const isPossible = doubted.seconds >= EARLIEST && doubted.seconds < LATEST;
    if (Number.isNaN(this.seconds)) {
      const isAhead =
        others.length >= LOOKED_AT - 1 &&
        others.every(({ seconds, interfaceId }) => {
          return doubted.seconds - seconds > AHEAD && interfaceId === doubted.interfaceId;
        });
      if (isAhead && others.every((other) => this.isNear(other, doubted.seconds))) return others[0];
      const far = others.filter((other) => !this.isNear(other, doubted.seconds));
      // Only others that agree with each other tell the time.
      const neighbour = far.find(({ seconds }) => {
        return AGAINST_ONE * (others.length - far.filter((other) => this.isNear(other, seconds)).length) <= far.length;
      });
      const isWrong = AGAINST_ONE * agree <= far.length && (others.length >= LOOKED_AT - 1 || !isPossible);
      return isWrong && neighbour !== undefined ? neighbour : doubted;
    }
    const trusted = { seconds: this.seconds, nanoseconds: this.nanoseconds };
    if (this.isNear(doubted, this.seconds)) return this.goesOnBefore(doubted, others) ? trusted : doubted;
    const disagree = others.filter((other) => this.isNear(other, this.seconds)).length;
    const isWrong = others.length === 0 ? !isPossible : disagree > 0 && AGAINST_ONE * agree <= disagree;
    return isWrong ? trusted : doubted;
  }

  /** Whether what follows a stamp that is ahead goes on from the last one that was trusted, and not from there. */
  private goesOnBefore({ seconds, interfaceId }: Held, others: readonly Held[]): boolean {
    const own = others.filter((other) => other.interfaceId === interfaceId);
    const middle = (this.seconds + seconds) / 2;
    const goesOn = own.map((other) => other.seconds < middle && this.passed(other) >= -LATE);
    const before = goesOn.filter(Boolean).length;
    return goesOn[0] && before >= FEWEST_BEFORE && AGAINST_ONE * (own.length - before) <= before;
  }

  /** Seconds from the last time that was trusted to a stamp. */
  private passed({ seconds, nanoseconds }: Held): number {
    return seconds - this.seconds + (nanoseconds - this.nanoseconds) / 1e9;
  }

  /** Whether a stamp is not doubted. */
  private isClose(held: Held): boolean {
    return !held.timed || (held.seconds - this.seconds <= AHEAD && this.isNear(held, this.seconds));
  }

  private isNear({ seconds, timed }: Held, to: number): boolean {
    return !timed || Math.abs(seconds - to) <= FAR;
  }

  private count({ seconds, fileOffset }: Held): void {
    if (this.wrong++ === 0) this.firstOffset = fileOffset;
    const isYearsOff = Math.abs(seconds - this.packet.seconds) > FAR;
    this.isYearsOff ||= isYearsOff;
    if (this.named.length >= MOST_NAMED) return;
    this.named.push(`${this.packet.number + 1}, stamped ${isYearsOff ? dayOf(seconds) : timeOf(seconds)}`);
  }
}

/** "1984-01-01", or the seconds where they are beyond any calendar. */
function dayOf(seconds: number): string {
  return timeOf(seconds).replace(/ \d.*/, '');
}

/** The same with the time of the day, in UTC. */
function timeOf(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? `${seconds} s` : date.toISOString().replace('T', ' ').replace('.000Z', ' UTC');
}
