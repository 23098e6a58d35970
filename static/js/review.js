// The review desk: after each swap the open record stays in sight in the queue, and the page begins at its top.
(function () {
  "use strict";

  function showCurrent() {
    var scroll = document.querySelector(".queue-scroll");
    var current = scroll && scroll.querySelector("li.on");
    if (current) {
      var top = current.offsetTop - scroll.offsetTop;
      if (top < scroll.scrollTop || top + current.offsetHeight > scroll.scrollTop + scroll.clientHeight) {
        scroll.scrollTop = top - 8;
      }
    }
  }

  // The figures beside the menu's entry are those of the page's loading.
  function showWaiting() {
    var count = document.getElementById("desk").dataset.waiting;
    document.querySelectorAll('a[href="' + window.location.pathname + '"] > b').forEach(function (place) {
      place.textContent = count;
      place.hidden = count === "0";
    });
  }

  document.addEventListener("htmx:afterSettle", function (event) {
    if (event.target.id === "desk") {
      showCurrent();
      showWaiting();
      window.scrollTo(0, 0);
    }
  });
  showCurrent();
})();
