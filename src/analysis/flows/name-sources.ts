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

/** Whether a name with this source (index into `NAME_SOURCES`) is one that flows ask for. */
export function isQuestion(source: number): boolean {
  return QUESTIONS.has(NAME_SOURCES[source]);
}

/** Whether a name is what a server of names, or all hosts, were asked for: it says nothing of whom flows to this port go to. */
export function isAskedFor(source: number, port: number): boolean {
  return isQuestion(source) && QUESTION_PORTS.has(port);
}

/** What the destination of flows to a port is called: by its name, unless it was only asked for that, or by its address. */
export function hostText(name: string, source: number, port: number, address: string): string {
  return isAskedFor(source, port) ? address : name || address;
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
