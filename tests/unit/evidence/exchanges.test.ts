import { describe, expect, it } from 'vitest';
import { DnsExchanges } from '../../../src/evidence/dns-exchanges.ts';
import type { DnsExchange, HttpExchange } from '../../../src/evidence/evidence.ts';
import { HttpExchanges } from '../../../src/evidence/http-exchanges.ts';
import { latin1 } from '../../builders/payloads/bytes.ts';
import { dnsQuery, dnsResponse } from '../../builders/payloads/dns.ts';

/** Takes so many exchanges, and counts how many it is told of. */
function taker<T>(most: number) {
  const taken: T[] = [];
  const told = { count: 0 };
  const take = (exchange: T): boolean => {
    told.count++;
    if (taken.length === most) return false;
    taken.push(exchange);
    return true;
  };
  return { taken, told, take };
}

describe('of a connection with more requests than are wanted', () => {
  it('HTTP is read to the last response that is wanted', () => {
    const { taken, told, take } = taker<HttpExchange>(2);
    const http = new HttpExchanges(5000, take);
    const requests = latin1(['/a', '/b', '/c', '/d'].map((path) => `GET ${path} HTTP/1.1\r\n\r\n`).join(''));
    const responses = latin1(
      [200, 100, 404, 500, 501].map((status) => `HTTP/1.1 ${status} x\r\nContent-Length: 0\r\n\r\n`).join(''),
    );
    http.client.data(requests, 0, requests.length, 1);
    http.server.data(responses, 0, responses.length, 2);
    expect(taken.map(({ path, status }) => [path, status])).toEqual([
      ['/a', 200],
      ['/b', 404],
    ]);
    // The third says that there are more.
    expect(told.count).toBe(3);
  });

  it('DNS is read to the last answer that is wanted', () => {
    const { taken, told, take } = taker<DnsExchange>(2);
    const dns = new DnsExchanges(take);
    const add = (message: Uint8Array): void => dns.add(message, 0, message.length, 5000, 1);
    for (const id of [1, 2, 3]) add(dnsQuery(id, `${id}.example`));
    for (const id of [1, 2, 3]) add(dnsResponse(id, `${id}.example`, ['192.0.2.1']));
    for (const id of [4, 5]) add(dnsQuery(id, `${id}.example`));
    expect(taken.map(({ name, answers }) => [name, answers])).toEqual([
      ['1.example', ['A 192.0.2.1']],
      ['2.example', ['A 192.0.2.1']],
    ]);
    expect(told.count).toBe(3);
  });
});
