import { SIGNS } from '../protocols/signs.ts';

/** "GET /news.php 200": a request and what it was answered with; '' without a method. */
export function requestText(method = '', uri = '', status = ''): string {
  return method === '' ? '' : [method, uri, status].filter((part) => part !== '').join(' ');
}

/** What a request that a log has shows, as bits of `SIGNS`: what it takes more of its head to tell is not among them. */
export function requestSigns(request: {
  method: string | undefined;
  version: string | undefined;
  host: string | undefined;
  agent: string | undefined;
}): number {
  const { method, version, host, agent } = request;
  if (method === undefined) return 0;
  let signs: number = SIGNS.request;
  // Who asks for a tunnel tells the proxy nothing of what goes through it.
  if (method === 'CONNECT') return signs;
  if (version === '1.0') signs |= SIGNS.oldHttp;
  if (version === '1.1' && host === undefined) signs |= SIGNS.noHost;
  if (agent === undefined) signs |= SIGNS.noAgent;
  return signs;
}
