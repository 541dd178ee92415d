/* Texts are marked by _("..."): they are collected for the translators, and the data hold their translations. */
"use strict";
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const _ = (text) => data.text[text] || text;
  document.getElementById("status").textContent = _("Status") + ": " + (data.plan ? data.plan.status : "");
})();
