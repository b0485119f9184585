// Behaviours hook on data- attributes; every page works without them. One import a behaviour.
import "./behaviours/quick-search.js";
import "./behaviours/submit-once.js";
