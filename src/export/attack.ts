import { PROTOCOL_ICMP, PROTOCOL_ICMPV6 } from 'pcap-ts-parser';

/** A technique of MITRE ATT&CK for Enterprise. */
export interface Technique {
  id: string;
  name: string;
}

/** What a technique is told by: what a connection speaks, and the ids of triage's lines that add points. */
export interface Observed {
  application: string;
  protocol: number;
  lines: ReadonlySet<string>;
}

const WEB = new Set(['HTTP', 'HTTP2', 'HTTP_Connect', 'HTTP_Proxy', 'TLS', 'QUIC', 'WebSocket']);
const ENCRYPTED = new Set(['TLS', 'QUIC', 'DTLS', 'SSH']);
const PROXIED = new Set(['HTTP_Connect', 'HTTP_Proxy', 'SOCKS']);

/** Techniques with the observation that each stands for, in the order of their numbers. */
const TECHNIQUES: readonly (Technique & { applies: (observed: Observed) => boolean })[] = [
  {
    id: 'T1048',
    name: 'Exfiltration Over Alternative Protocol',
    applies: ({ lines, application }) => (lines.has('uploads') && !WEB.has(application)) || lines.has('reports'),
  },
  {
    id: 'T1071.001',
    name: 'Application Layer Protocol: Web Protocols',
    applies: ({ application }) => WEB.has(application),
  },
  {
    id: 'T1071.004',
    name: 'Application Layer Protocol: DNS',
    applies: ({ application, lines }) => application === 'DNS' && lines.has('tunnel'),
  },
  { id: 'T1090', name: 'Proxy', applies: ({ application }) => PROXIED.has(application) },
  {
    id: 'T1095',
    name: 'Non-Application Layer Protocol',
    applies: ({ application, protocol }) =>
      application === 'Unknown' || protocol === PROTOCOL_ICMP || protocol === PROTOCOL_ICMPV6,
  },
  {
    id: 'T1568.002',
    name: 'Dynamic Resolution: Domain Generation Algorithms',
    applies: ({ lines }) => lines.has('generator'),
  },
  {
    id: 'T1571',
    name: 'Non-Standard Port',
    applies: ({ lines }) => lines.has('oddport') || lines.has('notown'),
  },
  { id: 'T1573', name: 'Encrypted Channel', applies: ({ application }) => ENCRYPTED.has(application) },
];

/** The techniques that a connection's observations stand for, were it malicious. */
export function techniquesOf(observed: Observed): Technique[] {
  return TECHNIQUES.filter(({ applies }) => applies(observed)).map(({ id, name }) => ({ id, name }));
}

/** Where a technique is described. */
export function techniqueUrl(id: string): string {
  return `https://attack.mitre.org/techniques/${id.replace('.', '/')}`;
}
