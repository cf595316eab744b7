// Files to attach, made on the spot. PNG is the one picture format that needs nothing but zlib.

import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";

function crc32(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}

/** A square photograph of noise: noise does not compress, so `side * side` is about its size in bytes. */
export function photo(side = 96) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const rows = randomBytes(side * (side + 1));
  for (let row = 0; row < side; row++) rows[row * (side + 1)] = 0;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [signature, chunk("IHDR", header), chunk("IDAT", zlib.deflateSync(rows)), chunk("IEND", Buffer.alloc(0))];
  return { name: "meter.png", mimeType: "image/png", buffer: Buffer.concat(parts) };
}

/** The path of a photograph in `folder` that is over the limit for one file by a mebibyte. */
export function hugePhoto(folder) {
  const file = path.join(folder, "huge.png");
  fs.writeFileSync(file, Buffer.concat([photo().buffer, Buffer.alloc(11 * 1024 * 1024)]));
  return file;
}
