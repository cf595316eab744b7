// Single keys for the desk. Off in fields, never with Ctrl, Alt or Meta, and can be turned off (WCAG 2.1.4).

import { all, one } from "./dom";
import { deviceStorage } from "./storage";

const SWITCH = "keys";

let cursor = -1;

/** Puts the cursor on a row, or on the last one. */
export function moveCursorTo(index: number): void {
  const rows = all("[data-row]");
  cursor = Math.max(0, Math.min(rows.length - 1, index));
  rows.forEach((row, position) => row.classList.toggle("is-cursor", position === cursor));
  one(".q-open", rows[cursor])?.focus({ preventScroll: true });
}

// Rows may have come or gone since.
function moveBy(step: number): boolean {
  const rows = all("[data-row]");
  if (rows.length === 0) return false;
  const now = rows.findIndex((row) => row.matches(".is-cursor"));
  moveCursorTo(now >= 0 || cursor < 0 ? now + step : cursor);
  rows[cursor]?.scrollIntoView({ block: "nearest" });
  return true;
}

function write(visibility: "public" | "internal"): boolean {
  const choice = one<HTMLInputElement>(`[data-comment] [name="visibility"][value="${visibility}"]`);
  if (choice) choice.checked = true;
  choice?.dispatchEvent(new Event("change", { bubbles: true }));
  one("[data-comment] textarea")?.focus();
  return choice !== null;
}

function showKeys(): boolean {
  const dialog = one<HTMLDialogElement>("dialog#keys");
  dialog?.showModal();
  return dialog !== null;
}

// False where the page has nothing for the key.
const actions: Record<string, () => boolean> = {
  j: () => moveBy(1),
  k: () => moveBy(-1),
  r: () => write("public"),
  n: () => write("internal"),
  "?": showKeys,
};

// Any other key goes to the element that names it: data-key="/" on the search field, "u" on the way back, "f" on a menu.
function reach(key: string): boolean {
  const target = one(`[data-key="${CSS.escape(key)}"]`);
  if (target instanceof HTMLAnchorElement) target.click();
  else target?.focus();
  if (target instanceof HTMLInputElement) target.select();
  const menu = target?.closest<HTMLDetailsElement>("details.menu");
  if (menu) {
    menu.open = true;
    one("input, a", menu)?.focus();
  }
  return target !== null;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.matches("textarea, select, input:not([type=checkbox]):not([type=radio])")
  );
}

function onKey(event: KeyboardEvent): void {
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!isPlain || event.key.length !== 1 || isTyping(event.target) || one("dialog[open]")) return;
  if (deviceStorage?.getItem(SWITCH) === "off") return;
  if (actions[event.key]?.() || reach(event.key)) event.preventDefault();
}

export function startKeys(): void {
  document.addEventListener("keydown", onKey);
  const box = one<HTMLInputElement>("[data-keys-switch]");
  if (box) box.checked = deviceStorage?.getItem(SWITCH) !== "off";
  box?.addEventListener("change", () => deviceStorage?.setItem(SWITCH, box.checked ? "on" : "off"));
  for (const button of all<HTMLButtonElement>("[data-show-keys]")) {
    button.hidden = false;
    button.addEventListener("click", showKeys);
  }
}
