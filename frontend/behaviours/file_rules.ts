// What may be attached. The server decides by content; this only tells the visitor sooner.

import { text } from "./texts";

/** As the server names it; empty for a file that may be sent. */
export type Fault = "" | "too_large" | "wrong_kind" | "empty" | "too_many";

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

export function fitsSize(file: File, input: HTMLInputElement): boolean {
  return file.size <= Number(input.dataset.maxBytes);
}

/** What is wrong whatever is made of the file. */
export function faultOfKind(file: File, input: HTMLInputElement): Fault {
  if (!isAccepted(file, input.accept)) return "wrong_kind";
  return file.size === 0 ? "empty" : "";
}

export function faultInWords(fault: Fault, file: File, input: HTMLInputElement): string {
  if (fault === "wrong_kind") return text("fileWrongType");
  if (fault === "empty") return text("fileEmpty");
  const limit = sizeText(Number(input.dataset.maxBytes));
  if (fault === "too_large") return text("fileTooLarge", { size: sizeText(file.size), limit });
  return fault === "too_many" ? text("fileTooMany", { n: Number(input.dataset.maxFiles) }) : "";
}
