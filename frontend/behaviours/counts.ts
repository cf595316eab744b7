// Keeps the numbers in the desk's side bar equal to the server's, up and down.

import { all } from "./dom";
import { showOpenEmergencies } from "./emergencies";

export type Counts = { open: string; emergencies: string; resolved: string; words: string; folded: string };

function show(selector: string, number: string): void {
  for (const place of all(selector)) place.textContent = number;
}

export function showCounts({ open, emergencies, resolved, words, folded }: Counts): void {
  show("[data-open-count]", open);
  show("[data-resolved-count]", resolved);
  show("[data-emergency-words]", words);
  show('[data-follows="open"]', open);
  show('[data-follows="emergencies"]', emergencies);
  show('[data-follows="resolved"]', resolved);
  show("[data-folded-words]", folded);
  for (const line of all("[data-folded]")) line.hidden = Number(emergencies) === 0;
  showOpenEmergencies(Number(emergencies));
}
