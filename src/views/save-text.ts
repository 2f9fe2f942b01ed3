/** Saves a text as a file of the machine. It goes through a blob of the page itself: nothing is sent anywhere. */
export function saveText(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: fileName });
  link.click();
  // The browser takes the blob when the click is handled, which is after this.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
