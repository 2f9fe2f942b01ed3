import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Engine, EngineError } from '../../../src/fleet/engine/engine.ts';

/** ClickHouse's HTTP interface in front of an engine, on the loopback address. */
export interface HttpInterface {
  url: string;
  /** Every so many requests the connection is cut before the answer: 0 for never. */
  cutEvery: number;
  requests: number;
  close(): Promise<void>;
}

export const USER = 'fleet';
export const PASSWORD = "pass'word";

/** What `@clickhouse/client` writes for backslashes, quotes and control characters in a bound value. */
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', 0: '\0' };

/** Puts an engine behind HTTP, so that what a server would get and answer comes from a real one. */
export async function httpInterface(engine: Engine): Promise<HttpInterface> {
  const state: HttpInterface = { url: '', cutEvery: 0, requests: 0, close: () => Promise.resolve() };
  const server = createServer((request, response) => {
    state.requests++;
    const isCut = state.cutEvery > 0 && state.requests % state.cutEvery === 0;
    answer(engine, request, response, isCut).catch(() => request.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  state.close = () =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return state;
}

async function answer(
  engine: Engine,
  request: IncomingMessage,
  response: ServerResponse,
  isCut: boolean,
): Promise<void> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const body = Buffer.concat(pieces);
  const { searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const given = Buffer.from(`${USER}:${PASSWORD}`).toString('base64');
  if (request.headers.authorization !== `Basic ${given}`) {
    response.writeHead(403).end(`Code: 516. DB::Exception: ${USER}: Authentication failed. (AUTHENTICATION_FAILED)`);
    return;
  }
  try {
    const answered = await execute(engine, searchParams, body);
    // The work is done, and nobody is told: what a lost connection looks like at its worst.
    if (isCut) request.socket.destroy();
    else response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(answered);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    response.writeHead(500).end(error.message);
  }
}

async function execute(engine: Engine, parameters: URLSearchParams, body: Buffer): Promise<Uint8Array> {
  const inUrl = parameters.get('query');
  const bound: Record<string, string> = {};
  for (const [name, value] of parameters) {
    if (!name.startsWith('param_')) continue;
    bound[name.slice('param_'.length)] = value.replaceAll(/\\(.)/gs, (_, letter: string) => ESCAPES[letter] ?? letter);
  }
  const insert = /^INSERT INTO (\S+) \((.*)\) FORMAT Native\s*$/s.exec(inUrl ?? '');
  if (insert !== null) {
    const token = parameters.get('insert_deduplication_token') ?? '';
    await engine.insert(insert[1], insert[2].split(', '), body, token);
    return new Uint8Array(0);
  }
  const statement = inUrl ?? body.toString('utf8');
  const query = statement.replace(/ FORMAT Native\s*$/, '');
  if (query !== statement) return engine.read(query, bound);
  await engine.run(query, bound);
  return new Uint8Array(0);
}
