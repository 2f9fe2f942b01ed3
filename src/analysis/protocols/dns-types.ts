/** Names of record types (IANA "DNS Parameters"). */
const TYPE_NAMES: ReadonlyMap<number, string> = new Map([
  [1, 'A'],
  [2, 'NS'],
  [5, 'CNAME'],
  [6, 'SOA'],
  [10, 'NULL'],
  [12, 'PTR'],
  [13, 'HINFO'],
  [15, 'MX'],
  [16, 'TXT'],
  [24, 'SIG'],
  [25, 'KEY'],
  [28, 'AAAA'],
  [29, 'LOC'],
  [33, 'SRV'],
  [35, 'NAPTR'],
  [37, 'CERT'],
  [39, 'DNAME'],
  [43, 'DS'],
  [44, 'SSHFP'],
  [46, 'RRSIG'],
  [47, 'NSEC'],
  [48, 'DNSKEY'],
  [50, 'NSEC3'],
  [52, 'TLSA'],
  [64, 'SVCB'],
  [65, 'HTTPS'],
  [99, 'SPF'],
  [252, 'AXFR'],
  [255, 'ANY'],
  [256, 'URI'],
  [257, 'CAA'],
]);

/** The name of a record type, "TYPE1234" for one without. */
export function typeName(type: number): string {
  return TYPE_NAMES.get(type) ?? `TYPE${type}`;
}

/** "TXT 40, A 2": record types with how often each was asked for, the commonest first; "other" for type 0. */
export function typesText(types: readonly number[], counts: ArrayLike<number>): string {
  return types
    .map((type, place) => ({ type, count: counts[place] }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || a.type - b.type)
    .map(({ type, count }) => `${type === 0 ? 'other' : typeName(type)} ${count}`)
    .join(', ');
}

const NUMBERS: ReadonlyMap<string, number> = new Map([...TYPE_NAMES].map(([type, name]) => [name, type]));

/** The number of a record type by its name ("AAAA", "TYPE65534"); 0 for one that is not known. */
export function typeNumber(name: string): number {
  const upper = name.toUpperCase();
  return NUMBERS.get(upper) ?? Number(/^TYPE(\d{1,5})$/.exec(upper)?.[1] ?? 0);
}
