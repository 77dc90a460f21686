"use strict";
// Search and filter of the table. Without this script the page is complete, and shows every unit.
(() => {
  const panel = document.getElementById("filter");
  const search = document.getElementById("search");
  const count = document.getElementById("count");
  const rows = Array.from(document.querySelectorAll(".units > tbody > tr"));
  if (rows.length < 2) return;
  let texts = null;

  function apply() {
    texts ??= rows.map((row) => row.textContent.toLowerCase());
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const status = panel.querySelector("input:checked").value;
    let shown = 0;
    rows.forEach((row, place) => {
      const wanted = !status || row.dataset.status === status;
      row.hidden = !(wanted && words.every((word) => texts[place].includes(word)));
      shown += row.hidden ? 0 : 1;
    });
    count.textContent = `${shown} of ${rows.length} units shown`;
  }

  function reveal() {
    const target = document.getElementById(location.hash.slice(1));
    if (target === null || !target.hidden) return;
    search.value = "";
    panel.querySelector("input[value='']").checked = true;
    apply();
    target.scrollIntoView();
  }

  panel.hidden = false;
  panel.addEventListener("input", apply);
  addEventListener("hashchange", reveal);
})();
