// File zones. With data-upload-url every chosen or dropped file is sent at once, with its progress shown in the list
// data-upload-list; the answer is the finished <li>. Without it the names of the chosen files are shown.
(function () {
  "use strict";

  function newKey() {
    var bytes = new Uint8Array(16);
    window.crypto.getRandomValues(bytes);
    return Array.from(bytes, function (byte) { return ("0" + byte.toString(16)).slice(-2); }).join("");
  }

  function element(tag, className, text) {
    var node = document.createElement(tag);
    node.className = className || "";
    node.textContent = text || "";
    return node;
  }

  function newRow(file) {
    var row = element("li");
    var bar = element("progress", "bar");
    bar.max = 100;
    bar.value = 0;
    row.append(element("span", "", file.name), bar, element("small", "", "正在上传"));
    return row;
  }

  function fail(row, text, again) {
    var button = element("button", "btn btn-line btn-sm", "再试一次");
    button.type = "button";
    button.addEventListener("click", again);
    row.querySelector(".bar").remove();
    row.querySelector("small").remove();
    row.append(element("small", "failed", text), button);
  }

  function finish(zone, row, html) {
    var holder = document.createElement("template");
    holder.innerHTML = html.trim();
    var done = holder.content.firstElementChild;
    row.replaceWith(done);
    if (window.htmx) {
      window.htmx.process(done);
    }
    zone.dispatchEvent(new CustomEvent("uploaded", { bubbles: true }));
  }

  function answerText(request) {
    var type = request.getResponseHeader("Content-Type") || "";
    var plain = type.indexOf("text/plain") === 0 && request.responseText.length < 200;
    return plain ? request.responseText : window.portal.wordsFor(request.status);
  }

  function send(zone, file, key, place) {
    var row = newRow(file);
    place ? place.replaceWith(row) : document.querySelector(zone.dataset.uploadList).append(row);
    var again = function () { send(zone, file, key, row); };
    var limit = Number(zone.dataset.uploadLimit || 0);
    if (limit && file.size > limit) {
      fail(row, "文件超过大小限制，没有上传。", again);
      return;
    }
    var data = new FormData();
    data.append(zone.dataset.uploadName || "file", file);
    data.append("key", key);
    var request = new XMLHttpRequest();
    request.open("POST", zone.dataset.uploadUrl);
    request.setRequestHeader("X-CSRFToken", window.portal.token());
    request.setRequestHeader("X-Requested-With", "upload");
    request.upload.addEventListener("progress", function (event) {
      row.querySelector(".bar").value = event.lengthComputable ? Math.round((event.loaded / event.total) * 100) : 0;
    });
    request.addEventListener("load", function () {
      if (request.status >= 200 && request.status < 300) {
        finish(zone, row, request.responseText);
      } else {
        fail(row, answerText(request), again);
      }
    });
    request.addEventListener("error", function () { fail(row, window.portal.wordsFor(0), again); });
    request.send(data);
  }

  function showNames(zone, files) {
    var face = zone.querySelector(".drop-face");
    var names = face.querySelector(".drop-names") || face.appendChild(element("div", "drop-names"));
    names.textContent = files.map(function (file) { return file.name; }).join("、");
  }

  document.addEventListener("change", function (event) {
    var zone = event.target.closest(".drop");
    if (!zone || event.target.type !== "file") {
      return;
    }
    var files = Array.from(event.target.files);
    if (!zone.dataset.uploadUrl) {
      showNames(zone, files);
      return;
    }
    event.target.value = "";
    files.forEach(function (file) { send(zone, file, newKey(), null); });
  });

  ["dragenter", "dragover", "dragleave", "drop"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      var zone = event.target.closest && event.target.closest(".drop");
      if (zone) {
        zone.classList.toggle("over", name === "dragenter" || name === "dragover");
      }
    });
  });
})();
