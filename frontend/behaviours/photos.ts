// Makes photos smaller before they are sent, and small pictures of them for pages. One photo at a time: an old phone has
// memory for one. What the browser cannot open, such as HEIC, is sent as it is.

export type Made = { smaller: File | null; preview: Blob | null };

const LONGEST_SIDE = 2560;
const SMALL_BYTES = 2 * 1024 * 1024;
const PREVIEW_BYTES = 30 * 1024;
const PREVIEW_SIDES = [320, 240, 160];
const QUALITIES = [0.8, 0.6, 0.4, 0.25];

type Picture = { source: CanvasImageSource; width: number; height: number; forget: () => void };

async function openAsElement(file: File): Promise<Picture> {
  const image = new Image();
  const address = URL.createObjectURL(file);
  image.src = address;
  try {
    await image.decode();
  } catch (error) {
    URL.revokeObjectURL(address);
    throw error;
  }
  const forget = (): void => {
    URL.revokeObjectURL(address);
    image.src = "";
  };
  return { source: image, width: image.naturalWidth, height: image.naturalHeight, forget };
}

// Turned as the camera was held, because what is drawn has no note of that any more.
async function open(file: File): Promise<Picture> {
  if (!("createImageBitmap" in window)) return openAsElement(file);
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  return { source: bitmap, width: bitmap.width, height: bitmap.height, forget: () => bitmap.close() };
}

function draw(picture: Picture, longest: number): HTMLCanvasElement {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no canvas");
  // A JPEG has no transparency.
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture.source, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function encode(canvas: HTMLCanvasElement, type: string, quality: number): Promise<Blob | null> {
  return new Promise((resolve) => canvas.toBlob(resolve, type, quality));
}

// Frees the memory now; the collector may be late.
function forget(canvas: HTMLCanvasElement): void {
  canvas.width = 0;
  canvas.height = 0;
}

function jpegName(name: string): string {
  return `${name.replace(/\.(jpe?g|jpe|jfif|png|webp)$/i, "")}.jpg`;
}

async function smallerOf(picture: Picture, file: File): Promise<File | null> {
  if (Math.max(picture.width, picture.height) <= LONGEST_SIDE && file.size <= SMALL_BYTES) return null;
  const canvas = draw(picture, LONGEST_SIDE);
  const blob = await encode(canvas, "image/jpeg", 0.85);
  forget(canvas);
  if (!blob || blob.size >= file.size) return null;
  return new File([blob], jpegName(file.name), { type: "image/jpeg", lastModified: file.lastModified });
}

async function previewOf(picture: Picture): Promise<Blob | null> {
  for (const side of PREVIEW_SIDES) {
    const canvas = draw(picture, side);
    for (const quality of QUALITIES) {
      let blob = await encode(canvas, "image/webp", quality);
      // Where a browser cannot write WebP it silently writes a PNG.
      if (blob?.type !== "image/webp") blob = await encode(canvas, "image/jpeg", quality);
      if (blob && blob.size <= PREVIEW_BYTES) {
        forget(canvas);
        return blob;
      }
    }
    forget(canvas);
  }
  return null;
}

async function make(file: File): Promise<Made> {
  try {
    const picture = await open(file);
    try {
      return { smaller: await smallerOf(picture, file), preview: await previewOf(picture) };
    } finally {
      picture.forget();
    }
  } catch {
    return { smaller: null, preview: null };
  }
}

let last: Promise<unknown> = Promise.resolve();

/** Waits for the photos before it. Never rejects: at worst the photo is sent as it is. */
export function makeSmaller(file: File, begins: () => boolean): Promise<Made> {
  const made = last.then(() => (begins() ? make(file) : { smaller: null, preview: null }));
  last = made;
  return made;
}

export function isPhoto(file: File): boolean {
  return /^image\/(jpeg|png|webp)$/.test(file.type);
}
