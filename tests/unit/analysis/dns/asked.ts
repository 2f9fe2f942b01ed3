import { type AskedDomain, DnsQuestion } from '../../../../src/analysis/dns/message.ts';

const question = new DnsQuestion();

/** A name as a question asks for it. */
export function asked(name: string): AskedDomain {
  question.take(name, 1);
  return question.name;
}
