// The form for a caller offers the customers whom what is being typed fits. Without scripts "Find the customer" and the
// offered buttons send the form, which comes back with everything that is typed.

import { all, one } from "./dom";
import { keyOf } from "./drafts";
import { parseFragment } from "./fragment";
import { tabStorage } from "./storage";

const PAUSE_MS = 250;
const FEWEST_CHARACTERS = 3;
const SOUGHT = "#phone, #name, #customer";

let running: AbortController | null = null;
let timer = 0;

function show(form: HTMLFormElement, pieces: Element[]): void {
  const found = one("[data-callers-found]", form);
  found?.replaceChildren(...pieces);
  one("[data-callers-said]", form)!.textContent = one("[data-callers-words]", found ?? form)?.textContent ?? "";
}

async function find(form: HTMLFormElement, words: string): Promise<void> {
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  const address = `${form.dataset.callers}?q=${encodeURIComponent(words)}`;
  const answer = await fetch(address, { headers: { Accept: "text/html; fragment" }, signal });
  const html = await answer.text();
  if (!signal.aborted && answer.headers.get("X-Fragment") === "1") show(form, parseFragment(html));
}

function findSoon(field: HTMLInputElement, form: HTMLFormElement, pause: number): void {
  clearTimeout(timer);
  const words = field.value.trim();
  if (words.length < FEWEST_CHARACTERS) return;
  // A search that fails leaves the form as it is.
  timer = window.setTimeout(() => void find(form, words).catch(() => undefined), pause);
}

// What somebody typed stays; what the last choice filled in does not.
function fill(form: HTMLFormElement, name: string, value = ""): void {
  const field = one<HTMLInputElement>(`#${name}`, form)!;
  const filled = one<HTMLInputElement>(`[name=filled_${name}]`, form)!;
  if (field.value.trim() && field.value !== filled.value) return;
  field.value = filled.value = value;
}

function choose(form: HTMLFormElement, button: HTMLButtonElement): void {
  running?.abort();
  clearTimeout(timer);
  for (const other of all("[data-choose]", form)) other.setAttribute("aria-pressed", String(other === button));
  for (const field of ["#customer", "[name=filled_customer]"]) one<HTMLInputElement>(field, form)!.value = button.value;
  for (const name of ["name", "phone", "address"] as const) fill(form, name, button.dataset[name]);
  form.dispatchEvent(new Event("input"));
  one("#description", form)?.focus();
}

// The first of those that this tab keeps for somebody else.
function showUnsent(form: HTMLFormElement): void {
  const box = one("[data-unsent]")!;
  const start = keyOf(form, "").replace(/(\?.*)?:$/, "");
  for (const [key, kept] of Object.entries(tabStorage ?? {})) {
    const typed = key.startsWith(start) && key !== keyOf(form, "") && key.endsWith(":") && Object.fromEntries(JSON.parse(kept));
    if (!typed) continue;
    one("b", box)!.textContent = typed.name || typed.customer || one("b", box)!.textContent;
    one("a", box)!.setAttribute("href", key.slice(key.indexOf("/"), -1));
    box.hidden = false;
  }
}

export function startCallers(): void {
  all<HTMLFormElement>("[data-callers]").forEach(showUnsent);
  document.addEventListener("input", (event) => {
    const field = event.target as HTMLInputElement;
    const form = field.form?.matches("[data-callers]") ? field.form : null;
    if (form && field.matches(SOUGHT)) findSoon(field, form, PAUSE_MS);
  });
  // Enter in the field of the search searches, and saves nothing.
  document.addEventListener("keydown", (event) => {
    const field = event.target as HTMLInputElement;
    if (event.key !== "Enter" || !field.matches("[data-callers] #customer")) return;
    event.preventDefault();
    findSoon(field, field.form!, 0);
  });
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[data-choose], button[data-find]");
    const form = button?.form;
    if (!form) return;
    event.preventDefault();
    if (button.matches("[data-choose]")) return choose(form, button);
    const field = all<HTMLInputElement>(SOUGHT, form).find((one) => one.value.trim().length >= FEWEST_CHARACTERS);
    if (field) findSoon(field, form, 0);
  });
}
