// Frequent wordings: a button with data-insert="#field" puts its text (or data-text) into the field, after what stands there.
(function () {
  "use strict";

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-insert]");
    var field = button && document.querySelector(button.dataset.insert);
    if (!field) {
      return;
    }
    var text = button.dataset.text || button.textContent.trim();
    var before = field.value.trim();
    field.value = before ? before.replace(/[。；]?$/, "；") + text : text;
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
