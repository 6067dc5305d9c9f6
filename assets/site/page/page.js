// A page of the course: light and dark, copy, search, and where one is. Without it all can be read.

import { addCopying } from "./copying.js";
import { addReach } from "./reach.js";
import { addSearch } from "./search.js";
import { markSections } from "./sections.js";
import { addTheme } from "./theme.js";

addTheme();
addCopying();
addReach();
markSections();
addSearch();
