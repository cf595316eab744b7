// Photos as phones make them, drawn by the browser under test. Bytes after the end of a JPEG count as its size only.

import fs from "node:fs";
import path from "node:path";

// Exif with nothing but "turn it by 90 degrees".
const TURNED = Buffer.from(
  "ffe1001e457869660000" + "4d4d002a00000008" + "0001" + "0112" + "0003" + "00000001" + "00060000",
  "hex",
);

async function draw(page, width, height) {
  const base64 = await page.evaluate(
    async ([wide, high]) => {
      const canvas = document.createElement("canvas");
      canvas.width = wide;
      canvas.height = high;
      const pen = canvas.getContext("2d");
      for (let i = 0; i < 400; i++) {
        pen.fillStyle = `hsl(${(i * 47) % 360} 70% ${20 + ((i * 13) % 60)}%)`;
        pen.fillRect((i * 977) % wide, (i * 631) % high, wide / 9, high / 9);
      }
      return canvas.toDataURL("image/jpeg", 0.9).split(",")[1];
    },
    [width, height],
  );
  return Buffer.from(base64, "base64");
}

/** Writes `count` photos of so many bytes into the folder, the first one taken with the camera turned; returns their paths. */
export async function takePhotos(page, folder, { count = 1, bytes = 0, width = 4000, height = 3000 } = {}) {
  const picture = await draw(page, width, height);
  const turned = Buffer.concat([picture.subarray(0, 2), TURNED, picture.subarray(2)]);
  return Array.from({ length: count }, (_, i) => {
    const file = path.join(folder, `IMG_${2041 + i}.jpg`);
    const photo = i === 0 ? turned : picture;
    fs.writeFileSync(file, Buffer.concat([photo, Buffer.alloc(Math.max(0, bytes - photo.length))]));
    return file;
  });
}

/** Cuts a photo off in the middle, as a lost connection does. */
export function cutOff(file) {
  const bytes = fs.readFileSync(file);
  const half = file.replace(".jpg", "-half.jpg");
  fs.writeFileSync(half, bytes.subarray(0, bytes.length / 2));
  return half;
}

/** A document of so many bytes. */
export function bigDocument(folder, bytes = 11 * 1024 * 1024) {
  const file = path.join(folder, "plan.pdf");
  fs.writeFileSync(file, Buffer.concat([Buffer.from("%PDF-1.4\n"), Buffer.alloc(bytes), Buffer.from("%%EOF\n")]));
  return file;
}
