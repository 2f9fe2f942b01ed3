import { keyed } from '../memory/hash.ts';
import { AddressTable } from '../net/addresses.ts';
import { RepeatedQuestions } from './repeated-questions.ts';

/** One question of a log of DNS, with what came back. */
export interface LoggedQuestion {
  /** Addresses as text. */
  client: string;
  resolver: string;
  name: string;
  /** Record type by its number. */
  type: number;
  /** When it was asked, in milliseconds since 1970. */
  ms: number;
  /** Whether that is of a log whose times have no zone. */
  isZoneless: boolean;
  /** What the answer holds: addresses, names and other data as text. */
  answers: readonly string[];
  /** Whether the row is of a question, of an answer, or of both. */
  isAsked: boolean;
  isAnswered: boolean;
}

/** The same as it is counted: numbers of addresses, and bytes of the answer or null without one. */
export interface LoggedMessage extends Pick<LoggedQuestion, 'name' | 'type' | 'ms' | 'isZoneless' | 'isAsked'> {
  client: number;
  resolver: number;
  answerBytes: number | null;
}

/** Counts what clients ask resolvers for. */
export interface QuestionCounter {
  addLogged: (message: LoggedMessage) => void;
}

/** Pairs of client and address that names are kept of, and changes of one pair's name. */
const MOST_PAIRS = 200_000;
const MOST_CHANGES = 64;
/** Numbers of addresses have room for as many in a pair's. */
const PAIR = 2 ** 26;

/** What DNS told a client about an address, from when on. */
interface Told {
  ms: number;
  /** Number of a name. */
  name: number;
}

/** Questions and answers of logs: they are counted as those of packets are, and their answers name addresses. */
export class LoggedQuestions {
  /** Addresses of clients and resolvers by the numbers that the collector was given. */
  readonly addresses = new AddressTable();
  count = 0;
  /** How often an answer that named an address for a client found no room, for the two or for another name of theirs. */
  leftOut = 0;
  readonly repeated = new RepeatedQuestions();
  private readonly told = new Map<number, Told[]>();
  private readonly mostPairs: number;
  private readonly collector: QuestionCounter | null;
  private readonly numberOf: (address: string) => number;
  private readonly nameOf: (name: string) => number;

  /**
   * @param collector counts the questions; null where nobody asks for that
   * @param numberOf the number that flows have an address under, -1 for a text that is none
   * @param nameOf the number that flows have a name under
   * @param mostPairs pairs of client and address that are kept
   */
  constructor(
    collector: QuestionCounter | null,
    numberOf: (address: string) => number,
    nameOf: (name: string) => number,
    mostPairs = MOST_PAIRS,
  ) {
    this.mostPairs = mostPairs;
    this.collector = collector;
    this.numberOf = numberOf;
    this.nameOf = nameOf;
  }

  add(row: LoggedQuestion): void {
    const { client, resolver, answers, isAnswered, ...question } = row;
    const { name, ms } = question;
    const from = this.addresses.idOfText(client);
    const to = this.addresses.idOfText(resolver);
    if (from < 0 || to < 0 || name === '' || this.repeated.isRepeated(row, from, to)) return;
    this.count++;
    const bytes = answers.reduce((sum, answer) => sum + RECORD_BYTES + answer.length, MESSAGE_BYTES + name.length);
    this.collector?.addLogged({
      ...question,
      client: from,
      resolver: to,
      answerBytes: isAnswered ? bytes : null,
    });
    for (const answer of answers) this.keep(client, answer, name, ms);
  }

  /** The name that a client was last told for an address by then; 0 for none. Both are numbers that flows have. */
  nameFor(client: number, address: number, ms: number): number {
    const told = this.told.get(keyed(client * PAIR + address));
    return told?.findLast((entry) => entry.ms <= ms)?.name ?? 0;
  }

  private keep(client: string, answer: string, name: string, ms: number): void {
    const address = this.numberOf(answer);
    if (address < 0) return;
    const key = keyed(this.numberOf(client) * PAIR + address);
    const entry = { ms, name: this.nameOf(name) };
    const known = this.told.get(key);
    if (known === undefined) {
      if (this.told.size < this.mostPairs) this.told.set(key, [entry]);
      else this.leftOut++;
      return;
    }
    const last = known[known.length - 1];
    if (last.name === entry.name) last.ms = Math.min(last.ms, ms);
    else if (known.length < MOST_CHANGES) {
      known.push(entry);
      known.sort((a, b) => a.ms - b.ms);
    } else this.leftOut++;
  }
}

/** Bytes of a message beside its name, and of a record beside its data (RFC 1035, section 4.1). */
const MESSAGE_BYTES = 18;
const RECORD_BYTES = 12;
