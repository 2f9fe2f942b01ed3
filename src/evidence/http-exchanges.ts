import type { HttpExchange } from './evidence.ts';
import { type BodyLength, HttpSide } from './http-side.ts';
import { shown } from './shown.ts';
import type { StreamSink } from './stream-side.ts';
import { wholeNumber } from '../analysis/whole-number.ts';

/** Some send blanks in a target, which should not have any. */
const REQUEST_LINE = /^([A-Z][A-Z\d_-]{1,19}) (\S.*) HTTP\/\d(?:\.\d)?$/;
/** The beginning of one, of a method and a target that is a path or a URI. */
const CUT_LINE = /^([A-Z][A-Z\d_-]{1,19}) (\/.*|https?:.*)$/;
const STATUS_LINE = /^HTTP\/\d(?:\.\d)? (\d{3})(?: |$)/;

/** The requests and responses of one TCP connection that speaks HTTP/1. */
export class HttpExchanges {
  readonly client: StreamSink;
  readonly server: StreamSink;
  /** Those of the wanted ones that no response came for yet. */
  private readonly pending: HttpExchange[] = [];
  private readonly requests: HttpSide;
  private readonly responses: HttpSide;
  private isFull = false;
  private request: HttpExchange | null = null;
  private response: HttpExchange | null = null;

  /**
   * @param begin told of each request as it comes; false where no more are wanted, of which nothing more is read
   */
  constructor(clientPort: number, begin: (exchange: HttpExchange) => boolean) {
    this.requests = new HttpSide({
      begins: (line) => REQUEST_LINE.test(line),
      missed: () => false,
      head: (text, atMs, isCut) => this.takeRequest(text, { atMs, clientPort, isCut }, begin),
      body: (bytes) => {
        if (this.request !== null) this.request.requestBytes += bytes;
      },
    });
    this.responses = new HttpSide({
      begins: (line) => STATUS_LINE.test(line),
      missed: () => this.missResponse(),
      head: (text, _, isCut) => this.takeResponse(text, isCut),
      body: (bytes) => {
        if (this.response !== null) this.response.responseBytes += bytes;
      },
    });
    this.client = sinkOf(this.requests);
    this.server = sinkOf(this.responses);
  }

  /** Whether a side is not followed any more. */
  get isOver(): boolean {
    return this.requests.lost || this.responses.lost;
  }

  /** Goes on with a request that begins now. Where responses were not followed, what comes next answers no earlier one. */
  restart(): void {
    this.requests.restart();
    if (!this.responses.lost) return;
    this.responses.restart();
    this.pending.length = 0;
    this.response = null;
  }

  private takeRequest(
    text: string,
    seen: Pick<HttpExchange, 'atMs' | 'clientPort' | 'isCut'>,
    begin: (exchange: HttpExchange) => boolean,
  ): BodyLength | null {
    // A line that is cut does not end.
    const end = text.indexOf('\n');
    const line = end < 0 ? CUT_LINE.exec(text) : REQUEST_LINE.exec(text.slice(0, end));
    if (line === null) return null;
    const fields = fieldsOf(text);
    const exchange: HttpExchange = {
      kind: 'http',
      ...seen,
      method: line[1],
      host: shown(fields.get('host') ?? ''),
      path: shown(end < 0 ? `${line[2]}...` : line[2]),
      userAgent: shown(fields.get('user-agent') ?? ''),
      requestBytes: 0,
      status: null,
      contentType: '',
      server: '',
      responseBytes: 0,
    };
    this.isFull = !begin(exchange);
    if (this.isFull) return null;
    this.request = exchange;
    this.pending.push(exchange);
    return bodyOf(fields) ?? 0;
  }

  /** Of two requests that wait for an answer the next one is the second's; else it is not known whose it is. */
  private missResponse(): boolean {
    const isTold = this.pending.length === 2;
    if (isTold) this.pending.shift();
    return isTold;
  }

  private takeResponse(text: string, isCut: boolean): BodyLength | null {
    const line = STATUS_LINE.exec(text.split('\n', 1)[0]);
    if (line === null || (this.isFull && this.pending.length === 0)) return null;
    const status = Number(line[1]);
    // An interim response (RFC 9110, section 15.2) has another one behind it.
    if (status >= 100 && status < 200 && status !== 101) return 0;
    const exchange = this.pending.shift() ?? null;
    this.response = exchange;
    const fields = fieldsOf(text);
    if (exchange !== null) {
      exchange.status = status;
      exchange.contentType = shown(fields.get('content-type') ?? '');
      exchange.server = shown(fields.get('server') ?? '');
      exchange.isCut ||= isCut;
    }
    // What follows is another protocol, or goes to another server (RFC 9110, sections 9.3.6 and 15.2.2).
    if (status === 101 || (exchange?.method === 'CONNECT' && status < 300)) {
      this.requests.lost = true;
      return null;
    }
    if (status === 204 || status === 304 || exchange?.method === 'HEAD') return 0;
    return bodyOf(fields) ?? 'rest';
  }
}

function sinkOf(side: HttpSide): StreamSink {
  return {
    data: (bytes, start, end, atMs) => side.add(bytes, start, end, atMs),
    gap: (missing, atMs) => side.gap(missing, atMs),
  };
}

/** Fields by name in lower case, the first of each. */
function fieldsOf(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.split('\n').slice(1)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    if (colon > 0 && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}

/** RFC 9112, section 6.3; null where nothing is said. */
function bodyOf(fields: ReadonlyMap<string, string>): BodyLength | null {
  if (/\bchunked\s*$/i.test(fields.get('transfer-encoding') ?? '')) return 'chunked';
  const length = fields.get('content-length');
  return length === undefined ? null : wholeNumber(length);
}
