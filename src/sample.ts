import sample from 'virtual:sample-capture';

/** The sample capture, which is part of the page: gzip inside base64, so that it also works from disk and offline. */
export async function sampleCapture(): Promise<File> {
  const text = atob(sample);
  const packed = new Uint8Array(text.length);
  // `Uint8Array.from` goes through the text by an iterator, for so long that the page would stand still.
  for (let at = 0; at < text.length; at++) packed[at] = text.charCodeAt(at);
  const bytes = await new Response(
    new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip')),
  ).arrayBuffer();
  return new File([bytes], 'sample-office.pcap');
}
