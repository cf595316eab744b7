// What forms ask about chosen files. The answers are a bundle of their own (files.ts), loaded where a page has a field for
// files; everywhere else there are none.

import { one } from "./dom";
import type { Answer, Progress, Sent } from "./post";
import type { ProgressBar } from "./progress_bar";

type Files = typeof import("./files");

let files: Files | null = null;

/** Loads the bundle that the field names, and shows its lists. Without it the plain fields still work. */
export async function enhanceFileFields(root: ParentNode): Promise<void> {
  const address = one("[data-drop]", root)?.dataset.drop;
  if (!address) return;
  if (!files) {
    files = (await import(address)) as Files;
    files.keepListsInStep();
  }
  files.enhanceDropzones(root);
}

/** True when the form can go now. */
export async function filesAreReady(form: HTMLFormElement, submitter: HTMLElement | null): Promise<boolean> {
  return files ? files.filesAreReady(form, submitter) : true;
}

export function hasChosen(form: HTMLFormElement): boolean {
  return files?.hasChosen(form) ?? false;
}

/** Adds the photos' previews to what is sent. */
export function addPreviews(body: FormData, form: HTMLFormElement): void {
  files?.addPreviews(body, form);
}

/** Nothing when there are no files, or when their bundle could not be loaded: then fetch() sends them, without progress. */
export function postFiles(sent: Sent, progress: Progress): Promise<Answer> | null {
  return files?.postFiles(sent, progress) ?? null;
}

/** Nothing without their bundle, which alone knows how far they are. */
export function progressBar(form: HTMLFormElement): ProgressBar | null {
  return files?.progressBar(form) ?? null;
}

export function clearFiles(form: HTMLFormElement): void {
  files?.clearFiles(form);
}

/** Carries the files over to the same form of a page that takes this one's place; true when there are any. */
export function carryFiles(old: ParentNode, fresh: ParentNode): boolean {
  return files?.carryFiles(old, fresh) ?? false;
}

// A file dropped beside the zone would otherwise replace the page and everything typed on it.
export function guardAgainstStrayDrops(): void {
  for (const type of ["dragover", "drop"]) {
    document.addEventListener(type, (event) => {
      if (one("[data-drop]")) event.preventDefault();
    });
  }
}
