// How far the chosen files are, in one line with one bar.

import { refused, sentOf, type Zone } from "./chosen_files";
import { one } from "./dom";
import { sizeText } from "./file_rules";
import { countedText, text } from "./texts";

function sizeOf(files: File[]): number {
  return files.reduce((sum, file) => sum + file.size, 0);
}

// One line speaks for all files: ten messages would be read aloud one after the other.
export function showBatch(field: Zone, batch: HTMLElement): void {
  const shrunk = field.chosen.filter((chosen) => chosen.smaller && !chosen.fault);
  const good = field.chosen.filter((chosen) => !chosen.fault);
  const done = good.filter((chosen) => chosen.state === "ready").length;
  const bad = refused(field).length;
  const isBusy = done < good.length;
  batch.hidden = !field.chosen.length;
  batch.classList.toggle("batch--ok", !isBusy && !bad);
  const sent = good.map((chosen) => sentOf(field, chosen));
  const ready = countedText("filesReady", sent.length).replace("{size}", sizeText(sizeOf(sent)));
  const words = isBusy ? text("makingAllSmaller", { n: done, total: good.length }) : sent.length ? ready : "";
  one("[data-batch-words]", batch)!.textContent = [words, bad ? countedText("filesRefused", bad) : ""].filter(Boolean).join(". ");
  const bar = one<HTMLProgressElement>("progress", batch)!;
  bar.hidden = !isBusy;
  bar.max = good.length;
  bar.value = done;
  one("[data-originals]", batch)!.hidden = !shrunk.length;
  const were = text("filesWere", { size: sizeText(sizeOf(good.map((chosen) => chosen.file))) });
  one("[data-batch-more]", batch)!.textContent = isBusy ? text("keepWriting") : shrunk.length && !field.wantsOriginals() ? were : "";
}
