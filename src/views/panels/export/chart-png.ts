/** Pixels of the picture to one of the drawing, so that it stays sharp in a document. */
const SCALE = 2;

/** A chart as a PNG, drawn from its SVG; throws an `Error` where the browser cannot. */
export async function chartPng(svg: string): Promise<Blob> {
  const image = new Image();
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = SCALE * image.naturalWidth;
    canvas.height = SCALE * image.naturalHeight;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const png = await new Promise<Blob | null>((resolve) => {
      canvas.toBlob(resolve, 'image/png');
    });
    if (png === null) throw new Error('this browser cannot make a PNG of the chart');
    return png;
  } finally {
    URL.revokeObjectURL(url);
  }
}
