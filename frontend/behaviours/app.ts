// What customers' and guests' pages load.

import { startPage } from "./page";

startPage();
