/* Texts are marked by t("..."): they are collected for the translators, and the data hold their translations. */
"use strict";
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const t = (text) => data.text[text] || text;
  document.getElementById("status").textContent = t("Status") + ": " + (data.plan ? data.plan.status : "");
})();
