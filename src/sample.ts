import sample from 'virtual:sample-capture';

/** The sample capture, which is part of the page: gzip inside base64, so that it also works from disk and offline. */
export async function sampleCapture(): Promise<File> {
  const packed = Uint8Array.from(atob(sample), (character) => character.charCodeAt(0));
  const bytes = await new Response(
    new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip')),
  ).arrayBuffer();
  return new File([bytes], 'sample-office.pcap');
}
