/**
 * Where a name came from; the index is what columns store. 0 is "no name". "capture" is a name that the capture file's
 * own name blocks give to the destination: no flow carries it, and it counts only where no flow carries another. "from
 * dns" is what the source last resolved to the destination before the flow began: the flow does not carry it either.
 * "log" is a name of a flow table that does not say where it came from.
 */
export const NAME_SOURCES = [
  '',
  'dns',
  'tls',
  'http',
  'dhcp',
  'capture',
  'mdns',
  'llmnr',
  'netbios',
  'ssdp',
  'stun',
  'smtp',
  'quic',
  'from dns',
  'log',
] as const;
export type NameSource = (typeof NAME_SOURCES)[number];

/** Whether a name with this source (index into `NAME_SOURCES`) is one that flows themselves carry. */
export function isCarried(source: number): boolean {
  return NAME_SOURCES[source] !== 'capture' && NAME_SOURCES[source] !== 'from dns';
}

const QUESTIONS: ReadonlySet<NameSource> = new Set<NameSource>(['dns', 'mdns', 'llmnr']);
/** Where questions for names go to. */
const QUESTION_PORTS: ReadonlySet<number> = new Set([53, 5353, 5355]);
const NETBIOS_NAME_PORT = 137;
const NETBIOS_DATAGRAM_PORT = 138;
/** Where a server of DHCP answers to: then the client, whose name it is, is the destination. */
const DHCP_CLIENT_PORTS: ReadonlySet<number> = new Set([68, 546]);

/** Whether a name with this source (index into `NAME_SOURCES`) is one that flows ask for. */
export function isQuestion(source: number): boolean {
  return QUESTIONS.has(NAME_SOURCES[source]);
}

/**
 * What a name says where it says nothing of whom flows to this port go to: that a server of names, or all hosts, were
 * "asked for" it (NetBIOS asks for what it claims, too), or that it is the sender's own, whom they come "from". '' for a
 * name of the destination.
 */
export function nameWords(source: number, port: number): '' | 'asked for' | 'from' {
  const isNetbios = NAME_SOURCES[source] === 'netbios';
  if ((isQuestion(source) && QUESTION_PORTS.has(port)) || (isNetbios && port === NETBIOS_NAME_PORT)) return 'asked for';
  const isClients = isNetbios ? port === NETBIOS_DATAGRAM_PORT : NAME_SOURCES[source] === 'dhcp';
  return isClients && !DHCP_CLIENT_PORTS.has(port) ? 'from' : '';
}

/** What the destination of flows to a port is called: by its name, or by its address where that is not its name. */
export function hostText(name: string, source: number, port: number, address: string): string {
  return nameWords(source, port) === '' ? name || address : address;
}

/** Those of them that are no request, in the order of the columns. */
export const PACKET_TRACES = [
  'clientFingerprint',
  'serverFingerprint',
  'ja4',
  'ja4s',
  'userAgent',
  'contentType',
] as const;
/** Fingerprints and headers that tell which software talked, under the names of their columns. */
export const TRACE_KINDS = [...PACKET_TRACES, 'request'] as const;
export type TraceKind = (typeof TRACE_KINDS)[number];
/** The texts that packets say about their flow, under the names of their columns. */
export const PACKET_TEXTS = ['certificate', ...PACKET_TRACES] as const;
export type PacketText = (typeof PACKET_TEXTS)[number];

/** The number under which columns store a source. */
export function sourceIndex(source: NameSource): number {
  return NAME_SOURCES.indexOf(source);
}
