import { NAME_SOURCES, type NameSource } from '../report.ts';
import type { Finding } from './text.ts';

const NONE = 0;
/** Of these the last message of a flow counts. */
const LAST_COUNTS = new Set((['dns', 'mdns', 'llmnr'] as const).map(sourceIndex));
const SMTP = sourceIndex('smtp');

/** What the first packets of one flow say. */
export class FlowFindings {
  /** Bounded and printable, see `nameText`; '' while there is none. */
  name = '';
  /** Index into `NAME_SOURCES`. */
  nameSource = NONE;
  /** What the server's certificate says, as `certificateText` has it; '' where none was sent in the clear. */
  certificate = '';
  /** What made the client's and the server's first messages: JA3 and JA3S, HASSH, or DHCP's list of options. */
  clientFingerprint = '';
  serverFingerprint = '';
  ja4 = '';
  ja4s = '';
  /** Headers of HTTP: the request's User-Agent, and the media type of a response. */
  userAgent = '';
  contentType = '';

  /**
   * Keeps the name that a message gave, if any: the first of a flow, but in DNS and its kin the last; and after an SMTP greeting
   * the client may say in a ClientHello whom it wants to talk to. Returns whether there was a name in the message.
   */
  keep(name: Finding, source: number): boolean {
    if (name === null || name === '') return false;
    if (this.nameSource === NONE || LAST_COUNTS.has(source) || (this.nameSource === SMTP && source !== SMTP)) {
      this.name = name;
      this.nameSource = source;
    }
    return true;
  }
}

/** The number under which columns store a source. */
export function sourceIndex(source: NameSource): number {
  return NAME_SOURCES.indexOf(source);
}
