// Chosen files as a list with pictures, made smaller one after the other (photos.ts).

import { choose, forgetNote, isInStep, judge, remember, sentOf, takeCarried, zonesIn, type Chosen, type Zone } from "./chosen_files";
import { all, clone, one } from "./dom";
import { showBatch } from "./file_batch";
import { faultInWords, sizeText } from "./file_rules";
import { keepNames, nameLost } from "./lost_files";
import { makeSmaller } from "./photos";
import { text } from "./texts";

type Field = Zone & { list: HTMLElement; template: HTMLTemplateElement; batch: HTMLElement | null };

function stateInWords(field: Field, chosen: Chosen): string {
  if (chosen.fault) return faultInWords(chosen.fault, chosen.file, field.input);
  if (chosen.state === "ready") return sizeText(sentOf(field, chosen).size);
  return text(chosen.state === "working" ? "makingSmaller" : "waiting");
}

function showPicture(item: HTMLElement, preview: Blob | null): void {
  const picture = one<HTMLImageElement>("img", item);
  if (!picture || !preview || picture.src) return;
  const address = URL.createObjectURL(preview);
  const show = (): void => {
    URL.revokeObjectURL(address);
    picture.hidden = false;
    one("[data-file-placeholder]", item)?.remove();
  };
  picture.addEventListener("load", show, { once: true });
  picture.src = address;
}

function show(field: Field): void {
  judge(field);
  // Also one that was too many until another was removed.
  for (const chosen of field.chosen) if (chosen.state === "new" && !chosen.fault) prepare(field, chosen);
  for (const chosen of field.chosen) {
    if (!chosen.item) continue;
    chosen.item.classList.toggle("file--bad", chosen.fault !== "");
    one("[data-file-state]", chosen.item)!.textContent = stateInWords(field, chosen);
    showPicture(chosen.item, chosen.preview);
  }
  if (field.batch) showBatch(field, field.batch);
}

function keepChosen(field: Field): void {
  keepNames(field.input, field.chosen.map((chosen) => chosen.file.name));
}

function addItem(field: Field, chosen: Chosen): void {
  const item = clone(field.template);
  one("[data-file-name]", item)!.textContent = chosen.file.name;
  one("[data-file-remove]", item)!.setAttribute("aria-label", text("removeFile", { name: chosen.file.name }));
  chosen.item = item;
  field.list.append(item);
}

function prepare(field: Field, chosen: Chosen): void {
  chosen.state = "waiting";
  const begins = (): boolean => {
    const isWanted = field.chosen.includes(chosen);
    if (isWanted) chosen.state = "working";
    if (isWanted) show(field);
    return isWanted;
  };
  field.settled = makeSmaller(chosen.file, begins).then(({ smaller, preview }) => {
    Object.assign(chosen, { smaller, preview, state: "ready" });
    show(field);
  });
}

function add(field: Field, files: Iterable<File>): void {
  for (const file of files) {
    const chosen = choose(file);
    forgetNote(field.input, file);
    field.chosen.push(chosen);
    addItem(field, chosen);
  }
  show(field);
  if (field.chosen.length) keepChosen(field);
}

function remove(field: Field, item: Element): void {
  const neighbour = item.nextElementSibling ?? item.previousElementSibling;
  field.chosen = field.chosen.filter((chosen) => chosen.item !== item);
  item.remove();
  show(field);
  keepChosen(field);
  (one("[data-file-remove]", neighbour ?? document.createElement("li")) ?? field.input).focus();
}

function acceptDrops(field: Field, box: HTMLElement): void {
  for (const type of ["dragenter", "dragover"]) box.addEventListener(type, () => box.classList.add("is-over"));
  for (const type of ["dragleave", "drop"]) box.addEventListener(type, () => box.classList.remove("is-over"));
  box.addEventListener("drop", (event) => add(field, [...(event.dataTransfer?.files ?? [])]));
}

function enhance(box: HTMLElement): void {
  const input = one<HTMLInputElement>("input[type=file]", box);
  const list = one("[data-files]", box.parentElement!);
  const template = one<HTMLTemplateElement>("template[data-file-template]", box.parentElement!);
  if (!input || !list || !template) return;
  const batch = one("[data-batch]", box.parentElement!);
  const clear = (): void => {
    field.chosen = [];
    list.replaceChildren();
    show(field);
    keepChosen(field);
  };
  const originals = batch && one<HTMLInputElement>("[data-originals] input", batch);
  const wantsOriginals = (): boolean => originals?.checked === true;
  const field: Field = { input, list, template, batch, chosen: [], wantsOriginals, settled: Promise.resolve(), show: () => show(field), clear };
  remember(field);
  // Choosing again adds to the files; the browser alone would replace them.
  input.addEventListener("change", () => add(field, [...(input.files ?? [])]));
  input.form?.addEventListener("reset", clear);
  acceptDrops(field, box);
  list.addEventListener("click", (event) => {
    const button = (event.target as Element).closest("[data-file-remove]");
    if (button) remove(field, button.closest("li")!);
  });
  originals?.addEventListener("change", () => show(field));
  const carried = takeCarried(input);
  if (!carried) nameLost(input);
  if (!carried) return add(field, [...(input.files ?? [])]);
  field.chosen = carried;
  for (const chosen of carried) addItem(field, chosen);
  show(field);
}

export function enhanceDropzones(root: ParentNode): void {
  all("[data-drop]", root).forEach(enhance);
}

// The browser puts files back into the field after Back without telling: the list shows them again.
export function keepListsInStep(): void {
  window.addEventListener("pageshow", () => {
    for (const zone of zonesIn(document)) {
      if (isInStep(zone)) continue;
      const files = [...(zone.input.files ?? [])];
      zone.clear();
      add(zone as Field, files);
    }
  });
}
