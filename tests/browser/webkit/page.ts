import { expect } from 'vitest';

/** A page of WebKit, as far as its driver goes: scripts run in it, and what they return comes back. */
export interface WebKitPage {
  goto(url: string): Promise<void>;
  /** Runs a function that stands alone inside the page. */
  run<Result, Parameters extends unknown[]>(
    script: (...parameters: Parameters) => Result,
    ...parameters: Parameters
  ): Promise<Awaited<Result>>;
}

/** Waits until a text is shown somewhere in the page. */
export async function waitForText(page: WebKitPage, text: string): Promise<void> {
  await expect.poll(() => page.run(() => document.body.innerText)).toContain(text);
}

/** Gives a file to the picker, as the analyst does. */
export async function giveFile(page: WebKitPage, name: string, bytes: Uint8Array): Promise<void> {
  const give = (called: string, base64: string): void => {
    const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([content], called));
    const picker = document.querySelector<HTMLInputElement>('[data-testid=picker]');
    if (picker === null) throw new Error('no picker');
    picker.files = transfer.files;
    picker.dispatchEvent(new Event('change', { bubbles: true }));
  };
  await page.run(give, name, Buffer.from(bytes).toString('base64'));
}

/** The texts of the shown rows of the list. */
export function rowTexts(page: WebKitPage): Promise<string[]> {
  return page.run(() =>
    Array.from(document.querySelectorAll('[role=grid] tbody tr[aria-rowindex]'), (row) => row.textContent),
  );
}
