// Behaviours hook on data- attributes; every page works without them. One import a behaviour.
import "./behaviours/current-tab.js";
import "./behaviours/filter.js";
import "./behaviours/grid.js";
import "./behaviours/neighbours.js";
import "./behaviours/quick-search.js";
import "./behaviours/selection.js";
import "./behaviours/shortcuts.js";
import "./behaviours/submit-once.js";
import "./behaviours/suggesting.js";
import "./behaviours/ticked-count.js";
