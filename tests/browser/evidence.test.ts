import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { tcpConversation } from '../builders/conversation.ts';
import { latin1 } from '../builders/payloads/bytes.ts';
import { certificate } from '../builders/payloads/certificate.ts';
import { httpRequest, httpResponse } from '../builders/payloads/http.ts';
import { tls12ServerFlight, tlsApplicationData, tlsClientHello } from '../builders/payloads/tls.ts';
import { byTime, pcap } from '../builders/pcap.ts';
import { detailOf, openFiles, rowAt, rowsShown } from './page.ts';
import { testBrowser } from './test-browser.ts';

const WEB = { address: '203.0.113.9', port: 8080 };
const TLS = { address: '203.0.113.77', port: 443 };
const START = 1_772_438_400;

function capture(): Buffer {
  const name = { commonName: 'c2.example', organization: null };
  const flight = tls12ServerFlight(certificate({ subject: name, issuer: name, dnsNames: ['c2.example'] }));
  const packets = Array.from({ length: 8 }, (_, index) => {
    const request = httpRequest({ method: 'GET', path: `/task/${index}`, host: 'a.example', userAgent: 'agent' });
    return [
      ...tcpConversation({
        client: { address: '10.0.0.5', port: 50_000 + index },
        server: WEB,
        start: START + 60 * index,
        messages: [
          { from: 'client', bytes: request },
          { from: 'server', bytes: httpResponse({ status: 200, bodyLength: 30 }) },
          { from: 'client', bytes: latin1('<img src=x onerror=alert(1)>\u001b[2J') },
        ],
      }),
      ...tcpConversation({
        client: { address: '10.0.0.6', port: 51_000 + index },
        server: TLS,
        start: START + 20 + 60 * index,
        messages: [
          { from: 'client', bytes: tlsClientHello('c2.example') },
          { from: 'server', bytes: flight },
          { from: 'client', bytes: tlsApplicationData(40) },
        ],
      }),
    ];
  });
  return Buffer.from(pcap({ packets: packets.flat().sort(byTime) }));
}

describe('asking and evidence', () => {
  const browser = testBrowser({ isKept: true });
  let page: Page;

  beforeAll(async () => {
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${inject('hostedPage')}#filter=port+%3D%3D+443`);
    await openFiles(page, [{ name: 'c2.pcap', mimeType: 'application/octet-stream', buffer: capture() }]);
    await rowAt(page, 1).waitFor();
  });
  // What a test opened and filtered is not the next one's.
  afterEach(async () => {
    await page.getByRole('searchbox', { name: 'Filter' }).fill('');
    await page.getByRole('grid').press('Escape');
    await detailOf(page).waitFor({ state: 'detached' });
  });

  it('keeps the filter of a link', async () => {
    await expect.poll(() => rowsShown(page)).toBe(1);
  });

  it('filters by fields, with completion at the cursor and an error at its place', async () => {
    const field = page.getByRole('searchbox', { name: 'Filter' });
    await page.keyboard.press('/');
    await page.keyboard.type('po');
    const offers = page.getByRole('listbox', { name: 'What may be written here' });
    await offers.getByRole('option', { name: /^port/ }).first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.type('== 44');
    await expect.poll(() => rowsShown(page)).toBe(0);
    await page.keyboard.type('3');
    await expect.poll(() => rowsShown(page)).toBe(1);
    await page.keyboard.type(' and prt == 1');
    const place = page.locator('mark');
    await expect.poll(() => place.innerText()).toBe('prt');
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await page.getByText('Until then the rows are those of: port == 443 and prt').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect.poll(() => field.inputValue()).toBe('');
    expect(await rowsShown(page)).toBe(2);
    await field.fill('ip.addr == 10.0.0.5 && http');
    await expect.poll(() => rowsShown(page)).toBe(1);
    expect(new URL(page.url()).hash).toBe('');
  });

  it('shows the requests of a connection, and follows a flow by keyboard', async () => {
    await page.getByRole('searchbox', { name: 'Filter' }).fill('port == 8080');
    await rowAt(page, 1).click();
    const detail = detailOf(page);
    await detail.getByRole('heading', { name: 'Requests' }).waitFor();
    const requests = detail.getByRole('listitem').filter({ hasText: 'GET a.example/task/' });
    await expect.poll(() => requests.count()).toBe(8);
    expect(await requests.first().innerText()).toMatch(/GET a\.example\/task\/0, 200 text\/html, 30 bytes, agent/);
    await detail.getByText(/^→ client, \d+ bytes$/).waitFor();

    const opener = detail.getByRole('button', { name: /^Follow flow / }).first();
    await opener.focus();
    await page.keyboard.press('Enter');
    const panel = detail.getByRole('region', { name: /^Flow \d+ followed$/ });
    await panel.getByText('GET /task/0 HTTP/1.1').waitFor();
    expect(await panel.innerText()).toContain('<img src=x onerror=alert(1)>.[2J');
    expect(await panel.locator('img').count()).toBe(0);
    // All of it has come into sight, though it is longer than what stood there while the file was read.
    const below = (element: Element) => element.getBoundingClientRect().bottom - innerHeight;
    await expect.poll(() => panel.evaluate(below)).toBeLessThanOrEqual(0);
    await panel.getByRole('radio', { name: 'text' }).focus();
    await page.keyboard.press('ArrowRight');
    await panel.getByText(/^000000 {2}47 45 54 20/).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => panel.count()).toBe(0);
    expect(await opener.evaluate((button) => button === document.activeElement)).toBe(true);
    expect(await detail.count()).toBe(1);
  });

  it('shows certificates in full, and those that it showed before in a line', async () => {
    const field = page.getByRole('searchbox', { name: 'Filter' });
    await field.fill('tls');
    // What completes the word lies over the rows until it is closed.
    await field.press('Escape');
    await rowAt(page, 1).click();
    const detail = detailOf(page);
    const told = detail.getByRole('listitem').filter({ hasText: 'TLS to c2.example' });
    const digest = /^[0-9a-f]{64}$/;
    await told.first().getByText(digest).waitFor();
    expect(await told.first().innerText()).toMatch(/CN=c2\.example \(self-signed\)/);
    expect(await told.nth(1).getByText(digest).isVisible()).toBe(false);
    await told
      .nth(1)
      .getByText(/^Certificate: /)
      .click();
    await told.nth(1).getByText(digest).waitFor();
  });

  it('has room for a followed flow on a phone', async () => {
    await page.setViewportSize({ width: 320, height: 700 });
    await page.getByRole('searchbox', { name: 'Filter' }).fill('port == 8080');
    await rowAt(page, 1).click();
    await detailOf(page)
      .getByRole('button', { name: /^Follow flow / })
      .first()
      .click();
    const panel = detailOf(page).getByRole('region', { name: /^Flow \d+ followed$/ });
    await panel.getByText('GET /task/0 HTTP/1.1').waitFor();
    const { x, width } = (await panel.boundingBox())!;
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(320);
  });
});
