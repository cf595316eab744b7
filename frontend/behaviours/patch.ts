// Puts a piece that the server rendered into the slot it names. One way to render, one way to patch.

import { all, one } from "./dom";
import { parseFragment } from "./fragment";
import { readUntil } from "./read";
import { say } from "./toast";

export type Mode = "append" | "prepend" | "replace";
export type Patch = { slot: string; mode?: Mode; html: string; say?: string; by?: string; until?: string };

// What came in while a question is open, or while somebody writes, counts as not seen: the server asks.
function isUnseen(slot: string): boolean {
  if (slot === "seen") return one("[data-slot=unseen]") !== null;
  return /^(answered|was)$/.test(slot) && !!one<HTMLTextAreaElement>("#text")?.value;
}

export function patch(message: Patch): void {
  const slot = one(`[data-slot="${CSS.escape(message.slot)}"]`);
  if (!slot || isUnseen(message.slot)) return;
  if ((message.mode ?? "replace") === "replace") replaceKeepingFocus(slot, piecesOf(message.html));
  else place(slot, message.html, message.mode ?? "replace");
  // What was said about the status is no longer so.
  if (message.slot === "state") one(".flash")?.remove();
  const isOwn = message.by !== undefined && message.by === document.body.dataset.user;
  if (isOwn) return;
  if (message.say) say(message.say);
  if (message.until) readUntil(message.until);
}

// What was drawn for all of the staff says "You" where it is about whoever looks at it.
export function nameYou(piece: Element): void {
  const user = document.body.dataset.user ?? "";
  for (const part of all("[data-mine]", piece)) part.hidden = part.dataset.mine !== user;
  for (const part of all("[data-others]", piece)) part.hidden = part.dataset.others === user;
  for (const words of all(`[data-by="${CSS.escape(user)}"]`, piece)) {
    words.textContent = words.dataset.you ?? "";
  }
}

function piecesOf(html: string): Element[] {
  const pieces = parseFragment(html);
  pieces.forEach(nameYou);
  return pieces;
}

// An element whose id is already on the page takes that element's place, so a repeated message never doubles it.
export function place(slot: Element, html: string, mode: Mode): void {
  const pieces = piecesOf(html);
  if (mode === "replace") {
    slot.replaceChildren(...pieces);
    return;
  }
  const fresh = pieces.filter((piece) => !replaceById(piece));
  if (mode === "append") slot.append(...fresh);
  else slot.prepend(...fresh);
}

export function replaceById(piece: Element): boolean {
  const old = piece.id ? document.getElementById(piece.id) : null;
  if (old) keepFocus(old, () => old.replaceWith(piece));
  return old !== null;
}

// The focus stays on the same control of the same piece, or goes to the page's content.
function keepFocus(box: Element, replace: () => void): void {
  const focused = document.activeElement as HTMLElement;
  if (!box.contains(focused)) return replace();
  const piece = focused.closest("[id]");
  const number = box.contains(piece) ? all("a, button", piece!).indexOf(focused) : -1;
  replace();
  const same = document.getElementById(piece?.id ?? "");
  const next: HTMLElement | null = (same && all("a, button", same)[number]) ?? one("main");
  next?.focus({ preventScroll: true });
}

export function replaceKeepingFocus(box: Element, pieces: Element[]): void {
  keepFocus(box, () => box.replaceChildren(...pieces));
}
