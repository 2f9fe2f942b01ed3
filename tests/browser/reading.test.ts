import type { Page } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import { SAMPLE_BEACONS, sampleCapture } from '../builders/sample.ts';
import { manyFlowsCapture } from '../builders/sessions/many-flows.ts';
import { gridOf, openArithmetic, openFiles, openSample, openView, rowAt } from './page.ts';
import { testBrowser } from './test-browser.ts';

const browser = testBrowser();

async function open(which: 'hostedPage' | 'singleFile' = 'hostedPage'): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(inject(which));
  return page;
}

describe.each(['hostedPage', 'singleFile'] as const)('the sample (%s)', (which) => {
  it('is dropped on the window and shows its three beacons', async () => {
    const page = await open(which);
    const transfer = await page.evaluateHandle((base64) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const dropped = new DataTransfer();
      dropped.items.add(new File([bytes], 'dropped.pcap'));
      return dropped;
    }, Buffer.from(sampleCapture()).toString('base64'));
    await page.dispatchEvent('body', 'dragenter', { dataTransfer: transfer });
    await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
    await gridOf(page).waitFor();
    expect(await page.getByRole('banner').innerText()).toContain('dropped.pcap');
    await openView(page);
    const limit = page.getByRole('spinbutton');
    await limit.fill('8');
    await limit.press('Enter');
    for (const { source, name } of SAMPLE_BEACONS) {
      await page
        .getByRole('searchbox')
        .or(page.getByPlaceholder(/Filter/))
        .first()
        .fill(`${source} ${name}`);
      await expect.poll(() => rowAt(page, 1).innerText()).toContain(name);
      expect(await rowAt(page, 1).innerText()).toContain(source);
    }
  });
});

describe('the results', () => {
  it('rank the beacon to a bare address first and open it with its histogram and arithmetic', async () => {
    const page = await openSample(browser, inject('hostedPage'));
    const [, first] = SAMPLE_BEACONS;
    await expect.poll(() => rowAt(page, 1).innerText()).toContain(first.name);
    await rowAt(page, 1).click();
    const detail = page.getByRole('complementary').first();
    await expect.poll(() => detail.innerText()).toContain(`${first.checkIns} flows from ${first.source}`);
    await page.locator('.recharts-bar-rectangle').first().waitFor();
    await openArithmetic(detail, /^The notebook's score: /);
    await detail.getByText('tsConnDiv', { exact: true }).waitFor();
    const text = await detail.innerText();
    expect(text).toContain('dsMadmScore');
    expect(text).toMatch(/Find it in other tools/i);
  });

  it('are sorted, walked through and opened by keyboard', async () => {
    const page = await openSample(browser, inject('hostedPage'));
    const before = await rowAt(page, 1).innerText();
    await page.getByRole('columnheader', { name: /Flows/ }).getByRole('button').focus();
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.locator('th[aria-sort=descending], th[aria-sort=ascending]').innerText())
      .toContain('Flows');
    await page.keyboard.press('Enter');
    await expect.poll(() => rowAt(page, 1).innerText()).not.toBe(before);
    await gridOf(page).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /^Triage: / }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: /^Triage: / }).waitFor({ state: 'detached' });
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
  });

  it('are walked through by keyboard from the moment they appear', async () => {
    const page = await openSample(browser, inject('hostedPage'));
    const second = await rowAt(page, 2).getAttribute('id');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /^Triage: / }).waitFor();
    expect(await gridOf(page).getAttribute('aria-activedescendant')).toBe(second);
    expect(await rowAt(page, 2).getAttribute('aria-selected')).toBe('true');
  });

  it('say why nothing is listed, and offer what lists something', async () => {
    const page = await open();
    // Where a clock is asked there are no points that would list it all the same.
    const clock = manyFlowsCapture(60, { address: '10.0.0.1', port: 123 });
    await openFiles(page, { name: 'clock.pcap', mimeType: '', buffer: Buffer.from(clock) });
    await gridOf(page).waitFor();
    await openView(page);
    await page.getByRole('spinbutton').fill('9999');
    await page.getByRole('spinbutton').press('Enter');
    await page.getByText(/The largest connection has 60 flows; the limit is more than 9,999/).waitFor();
    await page.getByRole('button', { name: /List connections with more than/ }).click();
    await gridOf(page).waitFor();
  });
});

describe('what cannot be read', () => {
  it('names the file, the byte offset and what is wrong', async () => {
    const page = await open();
    await openFiles(page, { name: 'notes.pcap', mimeType: '', buffer: Buffer.from('just some notes') });
    await page.getByRole('heading', { name: 'notes.pcap is not a capture' }).waitFor();
    const text = await page.getByRole('main').innerText();
    expect(text).toContain('6a 75 73 74');
    expect(text).toMatch(/byte offset\s+0/);
  });

  it('is a warning beside the analysis of what was read before it', async () => {
    const page = await open();
    const cut = Buffer.from(sampleCapture()).subarray(0, 900_001);
    await openFiles(page, { name: 'cut.pcap', mimeType: '', buffer: cut });
    await gridOf(page).waitFor();
    await page.getByText('1 warning').click();
    await page.getByText(/the file ends after \d+/).waitFor();
  });
});
