import { concat, latin1, u16, u32 } from './bytes.ts';

export const DNS_TYPE_A = 1;
const CLASS_IN = 1;

/** A name as labels, ended by the root label (RFC 1035, section 3.1); '' is the root itself. */
export function dnsName(name: string): Uint8Array {
  const labels = name === '' ? [] : name.split('.');
  return concat(...labels.flatMap((label) => [[label.length], latin1(label)]), [0]);
}

function header(id: number, flags: number, questions: number, answers: number): number[] {
  return [...u16(id), ...u16(flags), ...u16(questions), ...u16(answers), ...u16(0), ...u16(0)];
}

/** A recursive query with one question (RFC 1035, section 4.1). */
export function dnsQuery(id: number, name: string, type: number = DNS_TYPE_A): Uint8Array {
  return concat(header(id, 0x0100, 1, 0), dnsName(name), u16(type), u16(CLASS_IN));
}

export const DNS_TYPE_CNAME = 5;
export const DNS_TYPE_AAAA = 28;

/** A resource record (RFC 1035, section 3.2.1) with its owner's name as it lies on the wire. */
export function dnsRecord(owner: ArrayLike<number>, type: number, content: ArrayLike<number>): Uint8Array {
  return concat(owner, u16(type), u16(CLASS_IN), u32(300), u16(content.length), content);
}

/**
 * A response with one question, or none for null, and records of any kind in the answer section, then additional ones.
 */
export function dnsAnswer(
  question: string | null,
  answers: readonly Uint8Array[],
  additional: readonly Uint8Array[] = [],
): Uint8Array {
  return concat(
    u16(1),
    u16(0x8180),
    u16(question === null ? 0 : 1),
    u16(answers.length),
    u16(0),
    u16(additional.length),
    question === null ? [] : concat(dnsName(question), u16(DNS_TYPE_A), u16(CLASS_IN)),
    ...answers,
    ...additional,
  );
}

/** The response to an A query; every answer points back at the question's name. `addresses` are dotted IPv4. */
export function dnsResponse(id: number, name: string, addresses: readonly string[]): Uint8Array {
  const answers = addresses.map((address) => [
    ...u16(0xc00c),
    ...u16(DNS_TYPE_A),
    ...u16(CLASS_IN),
    ...u32(300),
    ...u16(4),
    ...address.split('.').map(Number),
  ]);
  const flags = addresses.length > 0 ? 0x8180 : 0x8183;
  return concat(header(id, flags, 1, addresses.length), dnsName(name), u16(DNS_TYPE_A), u16(CLASS_IN), ...answers);
}

/** A message as it goes over TCP: two bytes of length before it (RFC 1035, section 4.2.2). */
export function overTcp(message: Uint8Array): Uint8Array {
  return concat(u16(message.length), message);
}
