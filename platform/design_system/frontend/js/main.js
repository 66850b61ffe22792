/**
 * What scripts add to pages that already work: htmx set up for a strict CSP, and a few small enhancements.
 *
 * Not here: anything a page needs to work.
 */
import htmx from "htmx.org";

import { enhanceCopy } from "./copy.js";
import { enhanceCountdowns } from "./countdown.js";
import { focusErrorSummary } from "./error_summary.js";
import { enhanceAutoSubmit } from "./auto_submit.js";
import { enhanceKeyboardList } from "./keyboard_list.js";
import { enhanceMenus } from "./menus.js";
import { enhancePreview } from "./preview.js";
import { enhancePrint } from "./print.js";
import { enhanceTabs } from "./tabs.js";
import { enhanceTimebar } from "./timebar.js";

Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  historyCacheSize: 0,
  selfRequestsOnly: true,
});

/** @param {ParentNode} root the page, or what htmx has just put into it */
function enhance(root) {
  enhanceCopy(root);
  enhanceCountdowns(root);
  focusErrorSummary(root);
  enhanceAutoSubmit(root);
  enhanceKeyboardList(root);
  enhancePreview(root);
  enhancePrint(root);
  enhanceTabs(root);
  enhanceTimebar(root);
}

enhance(document);
enhanceMenus();
document.addEventListener("htmx:load", (event) => {
  const root = /** @type {CustomEvent} */ (event).detail.elt;
  if (root !== document.body) enhance(root);
});
