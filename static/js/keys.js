// Keys: "/" goes to the search box; an element with data-key="j" is pressed by that key.
(function () {
  "use strict";

  function typing(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) &&
      !/^(checkbox|radio|button|submit)$/.test(target.type || "");
  }

  function visible(element) {
    return element.getClientRects().length > 0 && !element.disabled;
  }

  function press(element) {
    if (element.tagName === "DETAILS") {
      element.open = true;
    } else {
      element.click();
    }
    if (element.dataset.keyFocus) {
      var field = document.querySelector(element.dataset.keyFocus);
      if (field) {
        field.focus();
      }
    }
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) {
      return;
    }
    if (event.key === "/") {
      var search = document.querySelector("[data-key-search]");
      if (search && visible(search)) {
        event.preventDefault();
        search.focus();
        search.select();
      }
      return;
    }
    if (!/^[a-z]$/i.test(event.key)) {
      return;
    }
    var found = Array.from(document.querySelectorAll('[data-key="' + event.key.toLowerCase() + '"]')).find(visible);
    if (found) {
      event.preventDefault();
      press(found);
    }
  });
})();
