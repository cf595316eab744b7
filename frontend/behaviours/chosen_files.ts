// The files that a field's visitor chose, with what became of each. The real file input stays the truth: it holds what
// the plain form would send, so everything here is written back to it.

import { all, one } from "./dom";
import { faultOfKind, fitsSize, type Fault } from "./file_rules";
import { isPhoto } from "./photos";

export type Chosen = {
  file: File;
  smaller: File | null;
  preview: Blob | null;
  state: "new" | "waiting" | "working" | "ready";
  fault: Fault;
  item: HTMLElement | null;
};

export type Zone = {
  input: HTMLInputElement;
  chosen: Chosen[];
  wantsOriginals: () => boolean;
  /** Ends when no photo is waiting any more. */
  settled: Promise<unknown>;
  show: () => void;
  clear: () => void;
};

const zones = new WeakMap<HTMLInputElement, Zone>();
const carried = new WeakMap<HTMLInputElement, Chosen[]>();

export function remember(zone: Zone): void {
  zones.set(zone.input, zone);
}

export function zonesIn(root: ParentNode): Zone[] {
  const found = all<HTMLInputElement>("input[type=file]", root).map((input) => zones.get(input));
  return found.filter((zone): zone is Zone => zone !== undefined);
}

export function choose(file: File): Chosen {
  return { file, smaller: null, preview: null, state: isPhoto(file) ? "new" : "ready", fault: "", item: null };
}

/** What is sent of a chosen file. An original that is too large stays behind its smaller copy. */
export function sentOf(zone: Zone, chosen: Chosen): File {
  if (!chosen.smaller) return chosen.file;
  return zone.wantsOriginals() && fitsSize(chosen.file, zone.input) ? chosen.file : chosen.smaller;
}

/** Finds out again what cannot be sent, because a file was added, removed or made smaller, and writes back the rest. */
export function judge(zone: Zone): void {
  const most = Number(zone.input.dataset.maxFiles);
  const sent = new DataTransfer();
  for (const chosen of zone.chosen) {
    const file = sentOf(zone, chosen);
    chosen.fault = faultOfKind(chosen.file, zone.input);
    if (!chosen.fault && sent.items.length >= most) chosen.fault = "too_many";
    // A photo that is too large may still become smaller.
    if (!chosen.fault && chosen.state === "ready" && !fitsSize(file, zone.input)) chosen.fault = "too_large";
    if (!chosen.fault && fitsSize(file, zone.input)) sent.items.add(file);
  }
  zone.input.files = sent.files;
}

function isSent(zone: Zone, chosen: Chosen): boolean {
  return !chosen.fault && fitsSize(sentOf(zone, chosen), zone.input);
}

export function refused(zone: Zone): Chosen[] {
  return zone.chosen.filter((chosen) => chosen.fault !== "");
}

/** True when the field and the list show the same. */
export function isInStep(zone: Zone): boolean {
  const sent = zone.chosen.filter((chosen) => isSent(zone, chosen)).map((chosen) => sentOf(zone, chosen));
  const files = [...(zone.input.files ?? [])];
  return files.length === sent.length && files.every((file, i) => file.name === sent[i]?.name && file.size === sent[i]?.size);
}

/** Adds the photos' previews to what is sent: each is named by the place of its photo among the field's files. */
export function addPreviews(body: FormData, form: HTMLFormElement): void {
  for (const zone of zonesIn(form)) {
    const sent = zone.chosen.filter((chosen) => isSent(zone, chosen));
    sent.forEach((chosen, place) => {
      if (chosen.preview) body.append("previews", chosen.preview, String(place));
    });
  }
}

/** The receipt must not miss a file that is chosen again. */
export function forgetNote(input: HTMLInputElement, file: File): void {
  for (const note of all<HTMLInputElement>("[name=not_sent], [name=left_out]", document)) {
    if (note.form === input.form && note.value.replace(/^\w+ /, "") === file.name) note.remove();
  }
}

export function clearFiles(form: HTMLFormElement): void {
  for (const zone of zonesIn(form)) zone.clear();
  for (const note of all("[data-not-sent-file]", form)) note.remove();
}

export function hasChosen(form: HTMLFormElement): boolean {
  return zonesIn(form).some((zone) => zone.chosen.length > 0);
}

/** Carries the files over to the same form of a page that takes this one's place. */
export function carryFiles(old: ParentNode, fresh: ParentNode): boolean {
  let isAny = false;
  for (const zone of zonesIn(old)) {
    const input = one<HTMLInputElement>(`input[type=file][name="${zone.input.name}"]`, fresh);
    if (!input) continue;
    for (const note of all("[data-not-sent-file]", zone.input.form ?? old)) input.form?.append(note);
    if (!zone.chosen.length) continue;
    // What is still in the making belongs to the old field: the new one begins it again.
    carried.set(input, zone.chosen.map((chosen) => (chosen.state === "ready" ? chosen : choose(chosen.file))));
    input.files = zone.input.files;
    zone.chosen = [];
    isAny = true;
  }
  return isAny;
}

export function takeCarried(input: HTMLInputElement): Chosen[] | undefined {
  const chosen = carried.get(input);
  carried.delete(input);
  return chosen;
}
