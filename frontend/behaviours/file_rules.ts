// What may be attached. The server decides by content; this only tells the visitor sooner.

import { text } from "./texts";

export function sizeText(bytes: number): string {
  const mebibyte = 1024 * 1024;
  if (bytes >= mebibyte) return `${(bytes / mebibyte).toFixed(1)} MB`;
  return `${Math.max(1, Math.round(bytes / 1024))} KB`;
}

function isAccepted(file: File, accept: string): boolean {
  const name = file.name.toLowerCase();
  const tokens = accept.split(",").map((token) => token.trim().toLowerCase());
  return tokens.some((token) => (token.startsWith(".") ? name.endsWith(token) : file.type === token));
}

// Empty when the file may be sent, else why not.
export function reasonAgainst(file: File, input: HTMLInputElement, count: number): string {
  const largest = Number(input.dataset.maxBytes);
  const most = Number(input.dataset.maxFiles);
  if (!isAccepted(file, input.accept)) return text("fileWrongType");
  if (file.size === 0) return text("fileEmpty");
  if (file.size > largest) return text("fileTooLarge", { size: sizeText(file.size), limit: sizeText(largest) });
  if (count >= most) return text("fileTooMany", { n: most });
  return "";
}
