// Shows how far a form with files is.

import { create } from "./dom";
import { text } from "./texts";

export type ProgressBar = { show(part: number): void; remove(): void };

// Counts in whole percents; the words are said once, the bar's value is there for whoever asks.
export function progressBar(form: HTMLFormElement): ProgressBar {
  const bar = create("progress", {
    max: "100",
    value: "0",
    "aria-label": text("sendingLabel"),
  }) as HTMLProgressElement;
  const words = create("span", {}, text("sending", { n: 0 }));
  const box = create("div", { class: "sending" }, words, bar);
  form.append(box);
  const show = (part: number): void => {
    bar.value = Math.floor(part * 100);
    words.textContent = part < 1 ? text("sending", { n: bar.value }) : text("processing");
  };
  return { show, remove: () => box.remove() };
}
