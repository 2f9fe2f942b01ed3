import type { FlowColumns } from '../flows/columns.ts';
import { comparableName, isAddressLiteral } from '../lists/name-text.ts';
import { reachOf } from './names/reach.ts';

/**
 * Whom a certificate is made out to, where that is nobody: what tools fill in, and names that no server on the Internet
 * has. The index is what columns store.
 */
export const NOBODY = ['', 'a placeholder', 'an address', 'a name that cannot be on the Internet'] as const;
const PLACEHOLDER = NOBODY.indexOf('a placeholder');
const ADDRESS = NOBODY.indexOf('an address');
const NO_NAME = NOBODY.indexOf('a name that cannot be on the Internet');

/** What tools that make certificates fill in (OpenSSL, Go, nginx, Apache, IIS), and names kept for examples (RFC 2606). */
const PLACEHOLDERS = new Set([
  'internet widgits pty ltd',
  'default company ltd',
  'my company name ltd.',
  'acme co',
  'localhost',
  'localhost.localdomain',
  'example.com',
  'example.org',
  'example.net',
  'www.example.com',
  'domain.com',
  'domain',
  'test',
  'server',
  'root',
]);

/** What the names in a certificate say. */
interface Traits {
  /** Index into `NOBODY`, 0 where it is made out to somebody. */
  nobody: number;
  /** It names one and the same as who it is for and who vouches for it. */
  selfSigned: boolean;
}

const NOTHING: Traits = { nobody: 0, selfSigned: false };

/** What certificates say by themselves, each looked at once; the texts are those of the flows. */
export class CertificateTraits {
  private readonly flows: FlowColumns;
  private readonly traits = new Map<number, Traits>();

  constructor(flows: FlowColumns) {
    this.flows = flows;
  }

  /** Traits of the certificate of a flow; nothing without one. */
  of(flow: number): Traits {
    const certificate = this.flows.certificate[flow];
    if (certificate === 0) return NOTHING;
    let traits = this.traits.get(certificate);
    if (traits === undefined) {
      const [subject, issuer] = this.flows.texts[certificate].split('\n');
      traits = { nobody: nobodyOf(comparableName(subject)), selfSigned: subject !== '' && subject === issuer };
      this.traits.set(certificate, traits);
    }
    return traits;
  }
}

function nobodyOf(subject: string): number {
  if (PLACEHOLDERS.has(subject)) return PLACEHOLDER;
  if (isAddressLiteral(subject)) return ADDRESS;
  const isName = subject.includes('.') && !/[\s*@]/.test(subject);
  return isName && reachOf(subject) !== '' ? NO_NAME : 0;
}
