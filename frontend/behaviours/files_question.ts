// Before a form with files is sent: the photos are made smaller, and one question names what cannot go. Nothing holds up
// a leak report: it waits five seconds at most and goes without the rest.

import { hasChosen, refused, zonesIn, type Chosen, type Zone } from "./chosen_files";
import { all, create, one } from "./dom";
import { faultInWords } from "./file_rules";
import { countedText, text } from "./texts";

const LONGEST_WAIT_MS = 5000;

function isLeak(form: HTMLFormElement): boolean {
  return one(".pick--danger input:checked", form) !== null;
}

// For the receipt: the server cannot know of files that never left.
function noteNotSent(form: HTMLFormElement, files: Chosen[]): void {
  for (const note of all("[data-not-sent-file]", form)) note.remove();
  for (const { file, fault } of files) {
    const value = `${fault || "too_large"} ${file.name}`;
    form.append(create("input", { type: "hidden", name: "not_sent", value, "data-not-sent-file": "" }));
  }
}

export function forgetQuestion(form: HTMLFormElement): void {
  one("[data-files-question]", form)?.remove();
}

function drop(zone: Zone, files: Chosen[]): void {
  for (const { item } of files) item?.remove();
  zone.chosen = zone.chosen.filter((chosen) => !files.includes(chosen));
  zone.show();
}

function ask(form: HTMLFormElement, submitter: HTMLElement | null, zone: Zone): void {
  forgetQuestion(form);
  const files = refused(zone);
  const without = create("button", { type: "button", class: "btn btn--primary btn--s" }, countedText("sendWithout", files.length));
  const others = create("button", { type: "button", class: "btn btn--line btn--s" }, text("chooseOthers"));
  without.addEventListener("click", () => {
    noteNotSent(form, files);
    drop(zone, files);
    forgetQuestion(form);
    // A live page may have drawn its buttons anew meanwhile.
    form.requestSubmit(submitter?.isConnected ? submitter : null);
  });
  others.addEventListener("click", () => {
    drop(zone, files);
    forgetQuestion(form);
    zone.input.focus();
    zone.input.click();
  });
  const title = create("h3", { tabindex: "-1", id: "files-question-title" }, countedText("filesRefused", files.length));
  const list = create("ul", { class: "small" });
  for (const { file, fault } of files) {
    list.append(create("li", {}, create("bdi", {}, file.name), `: ${faultInWords(fault, file, zone.input)}`));
  }
  const box = create(
    "div",
    { class: "msg msg--warn", role: "group", "aria-labelledby": title.id, "data-files-question": "" },
    title,
    list,
    create("div", { class: "actions" }, without, others),
  );
  const end = submitter && form.contains(submitter) ? submitter.closest(".actions, .composer__end, .row--between") : null;
  (end ?? form.lastElementChild)?.before(box);
  title.focus();
}

// Photos may be added while others are made smaller.
async function settled(zones: Zone[]): Promise<void> {
  while (zones.some((zone) => zone.chosen.some((chosen) => !chosen.fault && chosen.state !== "ready"))) {
    await Promise.all(zones.map((zone) => zone.settled));
  }
}

/** True when the form can go now. */
export async function filesAreReady(form: HTMLFormElement, submitter: HTMLElement | null): Promise<boolean> {
  if (!hasChosen(form)) return true;
  const zones = zonesIn(form);
  const isNow = isLeak(form);
  const limit = new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT_MS));
  await (isNow ? Promise.race([settled(zones), limit]) : settled(zones));
  if (isNow) {
    noteNotSent(form, zones.flatMap((zone) => zone.chosen.filter((chosen) => chosen.fault || !isInField(zone, chosen))));
    return true;
  }
  const zone = zones.find((candidate) => refused(candidate).length > 0);
  if (!zone) return true;
  ask(form, submitter, zone);
  return false;
}

// A photo that is still too large and was not made smaller in time.
function isInField(zone: Zone, chosen: Chosen): boolean {
  const files = [...(zone.input.files ?? [])];
  return files.includes(chosen.file) || (chosen.smaller !== null && files.includes(chosen.smaller));
}
