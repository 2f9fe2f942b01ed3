import type { HelloFingerprints } from '../fingerprints/memo.ts';
import { FindingColumns } from '../finding-columns.ts';
import { NAME_SOURCES, sourceIndex } from '../../flows/name-sources.ts';
import type { AskedHost } from '../../protocols/proxy-request.ts';
import type { Finding } from '../../protocols/text.ts';

const NONE = 0;
/** Of these the last message of a flow counts. */
const LAST_COUNTS = new Uint8Array(NAME_SOURCES.length);
for (const source of ['dns', 'mdns', 'llmnr'] as const) LAST_COUNTS[sourceIndex(source)] = 1;
const SMTP = sourceIndex('smtp');

/** What the first packets of one flow at a time say, over the columns that hold it. */
export class FlowFindings {
  readonly #columns: FindingColumns;
  #flow = 0;

  constructor(columns = new FindingColumns()) {
    this.#columns = columns;
  }

  /** Turns to another flow. */
  of(flow: number): this {
    this.#flow = flow;
    return this;
  }

  /** Bounded and printable, see `nameText`; '' while there is none. */
  get name(): string {
    return this.#columns.name.get(this.#flow);
  }

  /** Index into `NAME_SOURCES`. */
  get nameSource(): number {
    return this.#columns.nameSource(this.#flow);
  }

  /** What the server's certificate says, as `certificateText` has it; '' where none was sent in the clear. */
  get certificate(): string {
    return this.#columns.said.certificate.get(this.#flow);
  }

  /** What made the client's and the server's first messages: JA3 and JA3S, HASSH, or DHCP's list of options. */
  get clientFingerprint(): string {
    return this.#columns.said.clientFingerprint.get(this.#flow);
  }

  get serverFingerprint(): string {
    return this.#columns.said.serverFingerprint.get(this.#flow);
  }

  get ja4(): string {
    return this.#columns.said.ja4.get(this.#flow);
  }

  get ja4s(): string {
    return this.#columns.said.ja4s.get(this.#flow);
  }

  /** Headers of HTTP: the request's User-Agent, and the media type of a response. */
  get userAgent(): string {
    return this.#columns.said.userAgent.get(this.#flow);
  }

  get contentType(): string {
    return this.#columns.said.contentType.get(this.#flow);
  }

  /** Bits of `SIGNS` so far. */
  get signs(): number {
    return this.#columns.signs(this.#flow);
  }

  /** Keeps whom a proxy is asked for. */
  ask(asked: AskedHost): void {
    this.#columns.ask(this.#flow, asked);
  }

  addSigns(signs: number): void {
    this.#columns.addSigns(this.#flow, signs);
  }

  /** Keeps the fingerprints of a client's hello: the first of a flow counts. */
  keepClient({ ja3, ja4 }: HelloFingerprints): void {
    this.#columns.said.clientFingerprint.keep(this.#flow, ja3);
    this.#columns.said.ja4.keep(this.#flow, ja4);
  }

  /** The same for a server's. */
  keepServer({ ja3, ja4 }: HelloFingerprints): void {
    this.#columns.said.serverFingerprint.keep(this.#flow, ja3);
    this.#columns.said.ja4s.keep(this.#flow, ja4);
  }

  set certificate(text: string) {
    this.#columns.said.certificate.set(this.#flow, text);
  }

  set clientFingerprint(text: string) {
    this.#columns.said.clientFingerprint.set(this.#flow, text);
  }

  set serverFingerprint(text: string) {
    this.#columns.said.serverFingerprint.set(this.#flow, text);
  }

  set userAgent(text: string) {
    this.#columns.said.userAgent.set(this.#flow, text);
  }

  set contentType(text: string) {
    this.#columns.said.contentType.set(this.#flow, text);
  }

  /**
   * Keeps the name that a message gave, if any: the first of a flow, but in DNS and its kin the last; and after an SMTP greeting
   * the client may say in a ClientHello whom it wants to talk to. Returns whether there was a name in the message.
   */
  keep(name: Finding, source: number): boolean {
    if (name === null || name === '') return false;
    const known = this.nameSource;
    if (known === NONE || LAST_COUNTS[source] === 1 || (known === SMTP && source !== SMTP)) {
      this.#columns.setName(this.#flow, name, source);
    }
    return true;
  }
}
