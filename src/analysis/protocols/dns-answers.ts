import { u16 } from '../memory/numbers.ts';
import { dnsFirstQuestion, dnsName } from './dns.ts';

const HEADER_LENGTH = 12;
const RECORD_FIXED = 10;
const TYPE_A = 1;
const TYPE_CNAME = 5;
const TYPE_AAAA = 28;
/** A pointer to the first question, which always lies behind the header. */
const QUESTION_POINTER = 0xc000 | HEADER_LENGTH;
/** Records of one message that are read. */
const MOST_RECORDS = 64;

/** Takes an address (4 or 16 bytes from `at` on) and the name it was asked for as. */
export type AnswerTaker = (name: string, bytes: Uint8Array, at: number, length: number) => void;

/**
 * The addresses in a DNS response in `bytes[start, end)` (RFC 1035, section 4.1.3; RFC 3596 for AAAA): `take` gets each
 * with the name of the question, also where aliases (CNAME) lead from one to the other, else with its record's own
 * name. With `everySection`, as multicast DNS needs it (RFC 6762, section 6), additional records count too. Returns
 * whether all records were there that the header counts.
 */
export function readAnswers(
  bytes: Uint8Array,
  start: number,
  end: number,
  everySection: boolean,
  take: AnswerTaker,
): boolean {
  if (end - start < HEADER_LENGTH || bytes[start + 2] < 0x80) return false;
  const questions = u16(bytes, start + 4);
  let records = u16(bytes, start + 6);
  if (everySection) records += u16(bytes, start + 8) + u16(bytes, start + 10);
  if (records === 0) return true;
  let at = start + HEADER_LENGTH;
  let asked: string | null = null;
  /** Made for the first of them: most answers have none. */
  let aliases: string[] | null = null;
  for (let index = 0; index < Math.min(questions, MOST_RECORDS); index++) {
    const question = index === 0 ? dnsFirstQuestion(bytes, start, end) : dnsName(bytes, start, at, end);
    if (question === null || question.next + 4 > end) return false;
    if (index === 0) asked = question.name;
    at = question.next + 4;
  }
  for (let index = 0; index < Math.min(records, MOST_RECORDS); index++) {
    // Most records have the question's name, as a pointer to it: it need not be read again.
    const pointsToQuestion = at + 2 <= end && u16(bytes, at) === QUESTION_POINTER && asked !== null;
    const owner = pointsToQuestion ? null : dnsName(bytes, start, at, end);
    if (owner === null && !pointsToQuestion) return false;
    const fixed = owner?.next ?? at + 2;
    if (fixed + RECORD_FIXED > end) return false;
    const type = u16(bytes, fixed);
    const length = u16(bytes, fixed + 8);
    const content = fixed + RECORD_FIXED;
    at = content + length;
    if (at > end) return false;
    const own = owner === null ? '' : owner.name;
    const isAsked = owner === null || own === asked || (aliases !== null && aliases.includes(own));
    if (type === TYPE_CNAME && isAsked) {
      const alias = dnsName(bytes, start, content, at);
      if (alias !== null) (aliases ??= []).push(alias.name);
    } else if ((type === TYPE_A && length === 4) || (type === TYPE_AAAA && length === 16)) {
      take(isAsked && asked !== null ? asked : own, bytes, content, length);
    }
  }
  return true;
}
