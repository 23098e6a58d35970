// Requests in the background: the CSRF token for htmx and our own, and plain words when one fails.
(function () {
  "use strict";

  var WORDS = {
    0: "网络不通，这一步没有提交。请检查网络后再试一次。",
    400: "提交的内容有误，没有保存。请刷新页面后再试一次。",
    403: "没有办理这一步的权限，或页面停留太久。请刷新页面后再试一次。",
    404: "没有找到要办理的内容，可能已被移动或删除。请刷新页面。",
    409: "内容刚刚被他人修改，这一步没有保存。请刷新页面后核对。",
    413: "文件过大，没有上传。",
    429: "操作过于频繁，请稍后再试。",
    500: "系统暂时无法办理，这一步没有保存。请稍后再试一次。"
  };

  function token() {
    var meta = document.querySelector('meta[name="csrf-token"]');
    return meta ? meta.content : "";
  }

  function wordsFor(status) {
    return WORDS[status] || (status >= 500 ? WORDS[500] : WORDS[400]);
  }

  function tell(text) {
    var place = document.getElementById("messages");
    if (!place) {
      return;
    }
    var note = document.createElement("div");
    note.className = "note note-bad";
    note.setAttribute("role", "alert");
    note.textContent = text;
    place.replaceChildren ? place.replaceChildren(note) : ((place.textContent = ""), place.appendChild(note));
    place.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("htmx:configRequest", function (event) {
    event.detail.headers["X-CSRFToken"] = token();
  });
  document.addEventListener("htmx:responseError", function (event) {
    tell(wordsFor(event.detail.xhr.status));
  });
  document.addEventListener("htmx:sendError", function () {
    tell(wordsFor(0));
  });
  document.addEventListener("htmx:timeout", function () {
    tell(wordsFor(0));
  });

  // A form sent in the ordinary way is sent once, however often its button is pressed.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if ((form.getAttribute("method") || "").toLowerCase() === "post" && !event.defaultPrevented) {
      if (form.dataset.sent === "1") {
        event.preventDefault();
        return;
      }
      form.dataset.sent = "1";
      window.setTimeout(function () { delete form.dataset.sent; }, 4000);
    }
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });

  window.portal = { token: token, tell: tell, wordsFor: wordsFor };
})();
