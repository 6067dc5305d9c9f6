// From a file to a photo on the paper, in the browser alone; datasets/picture.py in JavaScript.

import { photoIn } from "./draw_digit_photo.js";

const LIMIT = 2 ** 26; // pixels that a picture may have
const WORK = 512; // pixels of the longer side of what is looked at
const LEAST = 8; // pixels that each side must have

export async function photoOf(files) {
  if (files.length > 1) return "!many";
  const address = URL.createObjectURL(files[0]);
  try {
    const [width, height] = await sizeOf(address);
    if (width * height > LIMIT) return "!vast";
    if (Math.min(width, height) < LEAST) return "!small";
    // Only now, as it takes memory; a file that is cut off is refused. Turned as its camera was.
    return photoIn(pixelsOf(await createImageBitmap(files[0])));
  } catch {
    return "!file";
  } finally {
    URL.revokeObjectURL(address);
  }
}

// Width and height, as the file's first bytes have them.
async function sizeOf(address) {
  const image = new Image();
  await new Promise((done, failed) => {
    Object.assign(image, { onload: done, onerror: failed, src: address });
  });
  return [image.naturalWidth, image.naturalHeight];
}

// At a size that is good to work at.
function pixelsOf(image) {
  const longer = Math.max(image.width, image.height);
  const scale = Math.min(1, WORK / longer) * Math.max(1, WORK / 2 / longer);
  const size = (n) => Math.max(1, Math.round(scale * n));
  const [width, height] = [size(image.width), size(image.height)];
  const g = new OffscreenCanvas(width, height).getContext("2d");
  g.imageSmoothingQuality = "high";
  g.drawImage(image, 0, 0, width, height);
  return g.getImageData(0, 0, width, height);
}
