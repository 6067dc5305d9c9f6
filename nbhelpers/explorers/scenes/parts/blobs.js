// Connected pieces of a picture of yes and no; datasets/blobs.py in JavaScript.

// The number of the piece at each pixel (0: none), and the pieces, the largest first.
export function findBlobs({ width, height, values }) {
  const labels = new Int32Array(values.length);
  const blobs = [];
  for (let k = 0; k < values.length; k++) {
    if (!values[k] || labels[k]) continue;
    const blob = { top: height, bottom: 0, left: width, right: 0, number: blobs.length + 1 };
    flood({ width, values, labels }, k, blob);
    blobs.push({ ...blob, size: Math.max(blob.bottom - blob.top, blob.right - blob.left) });
  }
  return { labels, blobs: blobs.sort((a, b) => b.size - a.size) };
}

// Number all that is connected with a pixel, and see how far it reaches.
function flood({ width, values, labels }, start, blob) {
  const waiting = [start];
  labels[start] = blob.number;
  while (waiting.length) {
    const k = waiting.pop();
    const [x, y] = [k % width, Math.floor(k / width)];
    blob.left = Math.min(blob.left, x);
    blob.right = Math.max(blob.right, x + 1);
    blob.top = Math.min(blob.top, y);
    blob.bottom = Math.max(blob.bottom, y + 1);
    for (const next of neighbours(k, x, width)) {
      if (!values[next] || labels[next]) continue; // beyond the picture is nothing
      labels[next] = blob.number;
      waiting.push(next);
    }
  }
}

function neighbours(k, x, width) {
  const across = [0];
  if (x > 0) across.push(-1);
  if (x < width - 1) across.push(1);
  return [-width, 0, width].flatMap((down) => across.map((along) => k + down + along));
}
