import { describe, expect, it } from 'vitest';
import { completions } from '../../../src/filter/completions.ts';
import { listOf } from './rows.ts';

const LIST = listOf([
  { src: '10.0.0.1', port: 443, app: 'TLS', name: 'a b.example', proto: 6, watched: 1 },
  { src: '10.0.0.2', port: 443, app: 'TLS', name: 'c.example', proto: 6, watched: 0 },
  { src: '10.0.0.2', port: 53, app: 'DNS', proto: 17, watched: 0 },
]);

function offered(text: string, cursor = text.length): string[] {
  return completions(text, cursor, LIST).candidates.map((candidate) => candidate.text);
}

describe('completions', () => {
  it('offers the fields of the list, each with what it means', () => {
    const { candidates, start, end } = completions('', 0, LIST);
    expect(candidates.map(({ text }) => text)).toEqual(expect.arrayContaining(['src', 'port', 'app', 'not', 'tls']));
    expect(candidates.map(({ text }) => text)).not.toContain('subdomains');
    expect(candidates.every(({ meaning }) => meaning !== '')).toBe(true);
    expect([start, end]).toEqual([0, 0]);
  });

  it('goes on from what is typed, also behind a dot', () => {
    expect(offered('po')[0]).toBe('port');
    expect(offered('po')).toContain('tcp.port');
    expect(completions('tls and po', 10, LIST)).toMatchObject({ start: 8, end: 10 });
    expect(offered('po and tls', 2)[0]).toBe('port');
  });

  it('offers operators behind a field: those that go with it', () => {
    expect(offered('port ')).toEqual(['==', '!=', '<', '<=', '>', '>=', 'in']);
    expect(offered('name con')).toEqual(['contains']);
    expect(offered('watched ')).toEqual(['==']);
  });

  it('offers values that the list has, the most frequent first, in quotes where they need them', () => {
    expect(offered('app == ')).toEqual(['TLS', 'DNS']);
    expect(offered('app == d')).toEqual(['DNS']);
    expect(offered('name in {c.example, ')).toEqual(['"a b.example"', 'c.example']);
    expect(offered('src:')).toEqual(['10.0.0.2', '10.0.0.1']);
    expect(offered('proto == ud')).toEqual(['udp', 'udplite']);
    expect(offered('watched == ')).toEqual(['true', 'false']);
  });

  it('says what a value looks like', () => {
    expect(completions('duration > ', 11, LIST).hint).toMatch(/1\.5h/);
    expect(completions('duration', 8, LIST).hint).toBeNull();
    expect(completions('dration > ', 10, LIST).hint).toBeNull();
  });

  it('offers what joins conditions behind one', () => {
    expect(offered('port == 443 ').slice(0, 2)).toEqual(['and', 'or']);
    expect(offered('some words ').slice(0, 2)).toEqual(['and', 'or']);
    expect(offered('port == 443 an')).toEqual(['and']);
  });

  it('offers nothing inside a text in quotes that is searched for', () => {
    expect(offered('"por')).toEqual([]);
    expect(offered('app == "TL')).toEqual(['TLS']);
  });
});
