// Everything that attaches to a part of the page; run again on parts that arrive later.

import { enhanceChoosingFields } from "./chooses";
import { enhanceComments } from "./comments";
import { enhanceCounters } from "./counter";
import { enhanceDrafts } from "./drafts";
import { enhanceEmergencyChoice } from "./emergency_choice";
import { enhanceFileFields } from "./file_hooks";
import { enhanceReveals } from "./reveal";
import { enhanceSending } from "./sending";
import { enhanceStartOver } from "./start_over";
import { enhanceUnsure } from "./unsure";

export function enhance(root: ParentNode): void {
  enhanceReveals(root);
  enhanceCounters(root);
  void enhanceFileFields(root);
  enhanceDrafts(root);
  enhanceUnsure(root);
  enhanceStartOver(root);
  enhanceChoosingFields(root);
  enhanceEmergencyChoice(root);
  enhanceComments(root, enhance);
  enhanceSending(root, enhance);
}
