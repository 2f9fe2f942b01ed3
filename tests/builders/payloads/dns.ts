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

/** The response to an A query; every answer points back at the question's name. `addresses` are dotted IPv4. */
export function dnsResponse(id: number, name: string, addresses: readonly string[]): Uint8Array {
  const answers = addresses.map((address) => [
    ...u16(0xc00c), ...u16(DNS_TYPE_A), ...u16(CLASS_IN), ...u32(300), ...u16(4),
    ...address.split('.').map(Number),
  ]);
  const flags = addresses.length > 0 ? 0x8180 : 0x8183;
  return concat(header(id, flags, 1, addresses.length), dnsName(name), u16(DNS_TYPE_A), u16(CLASS_IN), ...answers);
}

/** A message as it goes over TCP: two bytes of length before it (RFC 1035, section 4.2.2). */
export function overTcp(message: Uint8Array): Uint8Array {
  return concat(u16(message.length), message);
}
