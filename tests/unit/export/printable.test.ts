import { describe, expect, it } from 'vitest';
import { printable } from '../../../src/export/printable.ts';

describe('printable', () => {
  it('leaves text alone', () => {
    expect(printable('büro 2024/дамп.pcap')).toBe('büro 2024/дамп.pcap');
  });

  it('escapes what steers a terminal', () => {
    expect(printable('a\u001b[2J\nb\r\t\u0007')).toBe(String.raw`a\u001b[2J\u000ab\u000d\u0009\u0007`);
    expect(printable('\u009b31m\u007f')).toBe(String.raw`\u009b31m\u007f`);
  });

  it('escapes what reorders or hides text', () => {
    expect(printable('pcap\u202eexe\u200b\u2028')).toBe(String.raw`pcap\u202eexe\u200b\u2028`);
    expect(printable('\u{e0041}')).toBe(String.raw`\udb40\udc41`);
    // What annotates a text, and what has no shape of its own: a filler, and a variant of the letter before it.
    expect(printable('\ufff9\ufffb\u06dd')).toBe(String.raw`\ufff9\ufffb\u06dd`);
    expect(printable('a\u3164\u034f\ufe0f')).toBe(String.raw`a\u3164\u034f\ufe0f`);
    expect(printable('\ud800')).toBe(String.raw`\ud800`);
  });
});
