import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { tcpConversation, udpExchange } from '../builders/conversation.ts';
import { latin1 } from '../builders/payloads/bytes.ts';
import { ticketRequest } from '../builders/payloads/kerberos.ts';
import { netbiosRegistration } from '../builders/payloads/netbios.ts';
import { pcap, type PacketRecord } from '../builders/pcap.ts';
import { launchChromium } from './chromium.ts';
import { openFiles } from './page.ts';

const START = 1_700_000_000;
const HOST = { address: '10.0.0.5', mac: '00:0c:29:aa:bb:cc' };

/** A host whose user is known by Kerberos fetches a program, and then checks in every minute. */
function infection(): PacketRecord[] {
  const becka = ticketRequest({ client: 'becka', realm: 'EXAMPLE.COM', machine: 'DESKTOP-5' });
  const web = (to: string, at: number, answer: string): PacketRecord[] =>
    tcpConversation({
      client: { ...HOST, port: 40_000 + at },
      server: { address: to, port: 80, mac: '02:00:00:00:00:fe' },
      start: START + at,
      messages: [
        { from: 'client', bytes: latin1(`GET /a HTTP/1.1\r\nHost: ${to}\r\nUser-Agent: curl/8\r\n\r\n`) },
        { from: 'server', bytes: latin1(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n${answer}`) },
      ],
    });
  const datagram = (to: string, port: number, at: number, bytes: Uint8Array): PacketRecord[] =>
    udpExchange({
      client: { ...HOST, port: 5000 },
      server: { address: to, port },
      start: START + at,
      messages: [{ from: 'client', bytes }],
    });
  return [
    ...datagram('10.0.0.255', 137, 1, netbiosRegistration('DESKTOP-5')),
    ...datagram('10.0.0.1', 88, 5, becka),
    ...web('198.51.100.4', 60, `MZ${'\0'.repeat(100)}`),
    ...Array.from({ length: 40 }, (_, turn) => web('203.0.113.9', 120 + 60 * turn, 'ok')).flat(),
  ];
}

describe('hosts', () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launchChromium();
    page = await browser.newPage();
    await page.goto(inject('singleFile'));
    const buffer = Buffer.from(pcap({ packets: infection() }));
    await openFiles(page, [{ name: 'infection.pcap', mimeType: 'application/octet-stream', buffer }]);
  });
  afterAll(() => browser.close());

  it('are first in the headline, and a key opens who it is and what it did', async () => {
    const headline = page.getByRole('main').getByRole('heading', { level: 2 }).first();
    await expect.poll(() => headline.innerText()).toMatch(/^Look first at desktop-5 \(10\.0\.0\.5, becka\):/);
    await page.keyboard.press('h');
    const pane = page.getByRole('complementary', { name: 'Host desktop-5 (10.0.0.5, becka)' });
    await pane.waitFor();
    expect(await page.getByRole('tab', { name: /^Hosts/ }).getAttribute('aria-selected')).toBe('true');
    expect(await pane.innerText()).toMatch(/00:0c:29:aa:bb:cc[\s\S]*VMware/);
    const story = await pane.getByTestId('story').innerText();
    expect(story).toMatch(
      /user becka \(Kerberos\)[\s\S]*fetched a program from 198\.51\.100\.4[\s\S]*checks in with 203/,
    );
  });

  it('lead from a sentence to its connection, and back', async () => {
    await page
      .getByTestId('story')
      .getByRole('button', { name: /^checks in with/ })
      .click();
    await page.getByRole('complementary', { name: /10\.0\.0\.5 → 203\.0\.113\.9/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('story').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByTestId('story').count()).toBe(0);
  });

  it('are sorted and filtered like every list, and fit a narrow window', async () => {
    await page.getByRole('searchbox', { name: 'Filter' }).fill('user == becka');
    await expect.poll(() => page.getByRole('row', { name: /10\.0\.0\.5/ }).count()).toBe(1);
    await page.getByRole('searchbox', { name: 'Filter' }).fill('user == nobody');
    await expect.poll(() => page.getByRole('row', { name: /10\.0\.0\.5/ }).count()).toBe(0);
    await page.getByRole('searchbox', { name: 'Filter' }).fill('');
    await page.setViewportSize({ width: 320, height: 800 });
    await page.getByRole('button', { name: '10.0.0.5', exact: true }).click();
    await page.getByTestId('story').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });
});
