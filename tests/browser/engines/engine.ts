import { expect } from 'vitest';

/** A page in some engine, as much of it as every engine has: scripts run in it, and what they return comes back. */
export interface EnginePage {
  goto(url: string): Promise<void>;
  /** Runs a function that stands alone inside the page. */
  run<Result, Parameters extends unknown[]>(
    script: (...parameters: Parameters) => Result,
    ...parameters: Parameters
  ): Promise<Awaited<Result>>;
}

export interface Engine {
  newPage(): Promise<EnginePage>;
  close(): Promise<void>;
}

/** Waits until a text is shown somewhere in the page. */
export async function waitForText(page: EnginePage, text: string): Promise<void> {
  await expect.poll(() => page.run(() => document.body.innerText)).toContain(text);
}

/** Clicks the first button or link whose name begins with a text. */
export async function press(page: EnginePage, name: string): Promise<void> {
  const click = (wanted: string): boolean => {
    const found = [...document.querySelectorAll('button, summary, a')].find((element) =>
      (element.getAttribute('aria-label') ?? element.textContent).trim().startsWith(wanted),
    );
    if (found instanceof HTMLElement) found.click();
    return found !== undefined;
  };
  await expect.poll(() => page.run(click, name)).toBe(true);
}

/** Gives a file to the picker, as the analyst does. */
export async function giveFile(page: EnginePage, name: string, bytes: Uint8Array): Promise<void> {
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

/** Saves a file by the name of its button under *Export*: what it is called, and what is in it. */
export async function saveFile(page: EnginePage, label: string): Promise<{ name: string; text: string }> {
  // A headless browser asks nobody where a file goes: what it would be is looked at.
  await page.run(() => {
    const blobs = new Map<string, Blob>();
    const addressOf = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob: Blob) => {
      const address = addressOf(blob);
      blobs.set(address, blob);
      return address;
    };
    HTMLAnchorElement.prototype.click = function click(this: HTMLAnchorElement) {
      const { download: name } = this;
      void blobs
        .get(this.href)
        ?.text()
        .then((text) => Object.assign(globalThis, { savedFile: { name, text } }));
    };
  });
  await press(page, 'Export');
  await press(page, label);
  const read = (): unknown => Reflect.get(globalThis, 'savedFile') ?? null;
  await expect.poll(() => page.run(read)).not.toBeNull();
  return (await page.run(read)) as { name: string; text: string };
}

/** The texts of the shown rows of the list. */
export function rowTexts(page: EnginePage): Promise<string[]> {
  return page.run(() =>
    Array.from(document.querySelectorAll('[role=grid] tbody tr[aria-rowindex]'), (row) => row.textContent),
  );
}
