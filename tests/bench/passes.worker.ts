import { blobSource } from 'pcap-ts-parser';
import { passSeconds } from './passes.ts';

/** Takes a file and answers what each pass over it takes in a browser's worker, reading included. */
addEventListener('message', async ({ data }: MessageEvent<File>) => {
  postMessage(await passSeconds(blobSource(data), () => performance.now() / 1000));
});
