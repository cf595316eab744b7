// What customers' and guests' pages load.

import { enhanceChoosingFields } from "./chooses";
import { restoreNoLeak } from "./earlier_visit";
import { ofThisBundle } from "./enhance";
import { startLeakWords } from "./leak_words";
import { startPage } from "./page";

ofThisBundle.push(enhanceChoosingFields);
restoreNoLeak();
startLeakWords();
startPage();
