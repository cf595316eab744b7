// Single keys for the desk. Off in fields, never with Ctrl, Alt or Meta, and can be turned off (WCAG 2.1.4).

import { all, one } from "./dom";
import { deviceStorage } from "./storage";

const SWITCH = "keys";

let cursor = -1;

function moveTo(index: number): void {
  const rows = all("[data-row]");
  if (rows.length === 0) return;
  cursor = Math.max(0, Math.min(rows.length - 1, index));
  rows.forEach((row, position) => row.classList.toggle("is-cursor", position === cursor));
  one(".q-title a", rows[cursor])?.focus({ preventScroll: true });
  rows[cursor]?.scrollIntoView({ block: "nearest" });
}

function write(visibility: "public" | "internal"): void {
  const choice = one<HTMLInputElement>(`[data-comment] [name="visibility"][value="${visibility}"]`);
  if (choice) choice.checked = true;
  one("[data-comment] textarea")?.focus();
}

function showKeys(): void {
  one<HTMLDialogElement>("dialog#keys")?.showModal();
}

const actions: Record<string, () => void> = {
  j: () => moveTo(cursor + 1),
  k: () => moveTo(cursor - 1),
  r: () => write("public"),
  n: () => write("internal"),
  "?": showKeys,
};

// Any other key goes to the element that names it: data-key="/" on the search field, "u" on the way back.
function reach(key: string): boolean {
  const target = one(`[data-key="${CSS.escape(key)}"]`);
  if (target instanceof HTMLAnchorElement) target.click();
  else target?.focus();
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
  const action = actions[event.key];
  action?.();
  if (action || reach(event.key)) event.preventDefault();
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
