import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const PAGE_FOLDERS = ['views', 'state', 'worker', 'export', 'evidence', 'analysis', 'decompress', 'filter'];
/** What a policy does not close: navigation, WebRTC, connecting in advance, and asking for passkeys. */
const UNCLOSED =
  /RTCPeerConnection|window\.open\(|navigation\.navigate\(|location\.(?:assign|replace)\(|location(?:\.href)?\s*=[^=]|["'](?:refresh|preconnect)["']|navigator\.credentials/;

it('nothing of the page goes a way that no policy could close', () => {
  const files = PAGE_FOLDERS.flatMap((folder) =>
    readdirSync(path.join('src', folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => path.join('src', folder, name)),
  );
  expect(files.length).toBeGreaterThan(200);
  expect(files.filter((file) => UNCLOSED.test(readFileSync(file, 'utf8')))).toEqual([]);
  for (const sign of [
    'new RTCPeerConnection()',
    'window.open(url)',
    'navigation.navigate(url)',
    'location.assign(url)',
    'location.href = url',
    'location = url',
    "rel: 'preconnect'",
    'navigator.credentials.get({})',
  ])
    expect(sign).toMatch(UNCLOSED);
});

it('the page asks for no address before somebody follows a link to it', () => {
  const page = readFileSync('index.html', 'utf8');
  expect(page).toContain('<meta http-equiv="x-dns-prefetch-control" content="off" />');
  expect(page).toContain('<meta name="referrer" content="no-referrer" />');
});

it.each([
  "Content-Security-Policy: frame-ancestors 'none'",
  'X-Frame-Options: DENY',
  'X-Content-Type-Options: nosniff',
  'X-DNS-Prefetch-Control: off',
  'Referrer-Policy: no-referrer',
  'Strict-Transport-Security: max-age=31536000',
  'Cross-Origin-Opener-Policy: same-origin',
  'Cross-Origin-Resource-Policy: same-origin',
  // Chromium asks the domain that a passkey is said to be of, whatever the page's policy says.
  'Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), publickey-credentials-create=(), publickey-credentials-get=(), usb=()',
])('hosts that read headers from a file send %s', (header) => {
  const headers = readFileSync('public/_headers', 'utf8');
  expect(headers.split('\n').map((line) => line.trim())).toContain(header);
});
