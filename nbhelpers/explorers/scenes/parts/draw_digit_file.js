// From a file to a photo on the paper, in the browser alone; datasets/picture.py in JavaScript.

import { photoIn } from "./draw_digit_photo.js";

const LIMIT = 2 ** 26; // pixels that a picture may have
const WORK = 512; // pixels of the longer side of what is looked at
const LEAST = 8; // pixels that each side must have

export async function photoOf(files) {
  if (files.length > 1) return "!many";
  const address = URL.createObjectURL(files[0]);
  try {
    return await read(address);
  } catch {
    return "!file";
  } finally {
    URL.revokeObjectURL(address);
  }
}

async function read(address) {
  const image = new Image();
  await new Promise((done, failed) => {
    Object.assign(image, { onload: done, onerror: failed, src: address });
  });
  const { naturalWidth: width, naturalHeight: height } = image; // turned as the camera was held
  if (width * height > LIMIT) return "!vast";
  if (Math.min(width, height) < LEAST) return "!small";
  await image.decode(); // only now, as it takes memory
  return photoIn(pixelsOf(image));
}

// At a size that is good to work at.
function pixelsOf(image) {
  const longer = Math.max(image.naturalWidth, image.naturalHeight);
  const scale = Math.min(1, WORK / longer) * Math.max(1, WORK / 2 / longer);
  const size = (n) => Math.max(1, Math.round(scale * n));
  const [width, height] = [size(image.naturalWidth), size(image.naturalHeight)];
  const g = new OffscreenCanvas(width, height).getContext("2d");
  g.imageSmoothingQuality = "high";
  g.drawImage(image, 0, 0, width, height);
  return g.getImageData(0, 0, width, height);
}
