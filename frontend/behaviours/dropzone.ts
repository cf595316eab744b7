// Chosen files with previews. The real file input stays the truth: what the list shows is what the plain form sends.

import { all, clone, one } from "./dom";
import { reasonAgainst, sizeText } from "./file_rules";
import { say } from "./toast";
import { text } from "./texts";

type Zone = { input: HTMLInputElement; list: HTMLElement; template: HTMLTemplateElement; files: Map<Element, File> };

function writeBack(zone: Zone): void {
  const chosen = new DataTransfer();
  for (const file of zone.files.values()) chosen.items.add(file);
  zone.input.files = chosen.files;
}

function showPicture(item: HTMLElement, file: File): void {
  const picture = one<HTMLImageElement>("img", item);
  if (!picture || !/^image\/(jpeg|png|webp)$/.test(file.type)) {
    picture?.remove();
    return;
  }
  const show = (): void => {
    URL.revokeObjectURL(picture.src);
    picture.hidden = false;
    one("[data-file-placeholder]", item)?.remove();
  };
  picture.addEventListener("load", show, { once: true });
  picture.addEventListener("error", () => picture.remove(), { once: true });
  picture.src = URL.createObjectURL(file);
}

function addFile(zone: Zone, file: File): string {
  const reason = reasonAgainst(file, zone.input, zone.files.size);
  const item = clone(zone.template);
  one("[data-file-name]", item)!.textContent = file.name;
  one("[data-file-state]", item)!.textContent = reason || sizeText(file.size);
  one("[data-file-remove]", item)!.setAttribute("aria-label", text("removeFile", { name: file.name }));
  item.classList.toggle("file--bad", reason !== "");
  showPicture(item, file);
  zone.list.append(item);
  if (!reason) zone.files.set(item, file);
  return reason;
}

// Once for all of them: each says for itself in the list what is wrong with it.
function sayRefused(refused: [File, string][]): void {
  const [first] = refused;
  if (!first) return;
  say(refused.length === 1 ? `${first[0].name}: ${first[1]}` : text("filesRefused", { n: refused.length }));
}

function addFiles(zone: Zone, files: Iterable<File>): void {
  const all = [...files].map((file): [File, string] => [file, addFile(zone, file)]);
  writeBack(zone);
  sayRefused(all.filter(([, reason]) => reason));
}

function removeFile(zone: Zone, item: Element): void {
  const neighbour = item.nextElementSibling ?? item.previousElementSibling;
  zone.files.delete(item);
  item.remove();
  writeBack(zone);
  (one("[data-file-remove]", neighbour ?? document.createElement("li")) ?? zone.input).focus();
}

function clear(zone: Zone): void {
  zone.files.clear();
  zone.list.replaceChildren();
  writeBack(zone);
}

function acceptDrops(zone: Zone, box: HTMLElement): void {
  for (const type of ["dragenter", "dragover"]) box.addEventListener(type, () => box.classList.add("is-over"));
  for (const type of ["dragleave", "drop"]) box.addEventListener(type, () => box.classList.remove("is-over"));
  box.addEventListener("drop", (event) => addFiles(zone, [...(event.dataTransfer?.files ?? [])]));
}

function enhance(box: HTMLElement): void {
  const input = one<HTMLInputElement>("input[type=file]", box);
  const list = one("[data-files]", box.parentElement!);
  const template = one<HTMLTemplateElement>("template[data-file-template]", box.parentElement!);
  if (!input || !list || !template) return;
  const zone: Zone = { input, list, template, files: new Map() };
  // Choosing again adds to the files; the browser alone would replace them.
  input.addEventListener("change", () => addFiles(zone, [...(input.files ?? [])]));
  input.form?.addEventListener("reset", () => clear(zone));
  acceptDrops(zone, box);
  list.addEventListener("click", (event) => {
    const button = (event.target as Element).closest("[data-file-remove]");
    if (button) removeFile(zone, button.closest("li")!);
  });
  addFiles(zone, [...(input.files ?? [])]);
}

export function enhanceDropzones(root: ParentNode): void {
  all("[data-drop]", root).forEach(enhance);
}

// A file dropped beside the zone would otherwise replace the page and everything typed on it.
export function guardAgainstStrayDrops(): void {
  for (const type of ["dragover", "drop"]) {
    document.addEventListener(type, (event) => {
      if (one("[data-drop]")) event.preventDefault();
    });
  }
}
