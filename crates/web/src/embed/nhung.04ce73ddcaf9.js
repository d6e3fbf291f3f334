/* PBGDPL: khung nhúng chuyên mục. Chiều cao tự động và đường dẫn sâu; không cookie, không dữ liệu. */
(function () {
  "use strict";
  var script = document.currentScript;
  if (!script) return;
  var origin = new URL(script.src).origin;
  var PARAMETER = "pbgdpl";
  var STARTED = "data-pbgdpl";
  /* Những trang mà địa chỉ của trang ngoài được nhớ. */
  var KEPT = /^((bai|loai)\/[a-z0-9-]+|gioi-thieu|lien-he|bao-cao-vien)$/;

  function frames() {
    return Array.prototype.filter.call(document.querySelectorAll("iframe"), function (frame) {
      return frame.src.indexOf(origin + "/k/") === 0;
    });
  }

  function base(frame) {
    return frame.src.split("/").slice(0, 5).join("/") + "/";
  }

  /* Cả chuyên mục thì địa chỉ của trang ngoài đi theo; khung một bài, một danh sách thì không. */
  function whole(frame) {
    return frame.hasAttribute("data-pbgdpl-ca");
  }

  /* Đường dẫn sâu: ?pbgdpl=bai/… trên trang của cơ quan mở đúng bài bên trong khung; trả về đường dẫn được mở. */
  function deepLink(frame) {
    /* Quay lại bằng nút của trình duyệt thì khung đã có lịch sử của nó. */
    var way = window.performance && performance.getEntriesByType && performance.getEntriesByType("navigation")[0];
    if (way && way.type === "back_forward") return "";
    var path = new URL(location.href).searchParams.get(PARAMETER);
    if (!whole(frame) || !path || !KEPT.test(path)) return "";
    frame.src = base(frame) + path;
    return path;
  }

  /* Lần tải đầu của khung có khi kết thúc sau và đè lên lần tải theo đường dẫn sâu: khi khung báo đang ở nơi khác thì mở
     lại, một lần. Trả về true khi mở lại; địa chỉ của trang khi ấy giữ nguyên. */
  function opensAgain(frame, path) {
    var wanted = frame.getAttribute(STARTED);
    frame.setAttribute(STARTED, "");
    if (!wanted || wanted === path) return false;
    frame.src = base(frame) + wanted;
    return true;
  }

  /* Lời chào không mang dữ liệu; khung chưa tải xong thì chưa có nguồn để nêu tên (Firefox báo lỗi). */
  function greet(frame) {
    frame.contentWindow.postMessage({ v: 1, type: "hello" }, "*");
  }

  window.addEventListener("message", function (event) {
    if (event.origin !== origin || !event.data || event.data.v !== 1) return;
    var frame = frames().find(function (one) { return one.contentWindow === event.source; });
    if (!frame) return;
    if (event.data.type === "resize" && event.data.height > 0 && event.data.height < 100000) {
      frame.style.height = Math.ceil(event.data.height) + "px";
    }
    if (event.data.type === "scroll" && event.data.top >= 0 && event.data.top < 100000) {
      window.scrollBy(0, frame.getBoundingClientRect().top + event.data.top);
    }
    if (event.data.type === "navigate" && typeof event.data.path === "string" && /^[a-z0-9\/-]*$/.test(event.data.path)) {
      if (opensAgain(frame, event.data.path)) return;
      if (whole(frame)) {
        var here = new URL(location.href);
        if (KEPT.test(event.data.path)) here.searchParams.set(PARAMETER, event.data.path);
        else here.searchParams.delete(PARAMETER);
        if (here.href !== location.href) history.replaceState(history.state, "", here.href);
      }
      /* Chỉ khi sang trang khác: bấm đề mục trong bài, Safari báo lại đúng trang đang mở. */
      var before = frame.getAttribute("data-pbgdpl-o");
      frame.setAttribute("data-pbgdpl-o", event.data.path);
      if (before !== null && before !== event.data.path && frame.getBoundingClientRect().top < 0) frame.scrollIntoView();
    }
  });

  function start(frame) {
    if (frame.hasAttribute(STARTED)) return;
    frame.style.border = "0";
    if (frame.src === base(frame)) frame.setAttribute("data-pbgdpl-ca", "");
    frame.setAttribute(STARTED, deepLink(frame));
    frame.addEventListener("load", function () { greet(frame); });
    /* Khung còn trắng thì chờ nó tải xong; đã sang trang của ta thì không đọc được nữa. */
    if (!frame.contentDocument) greet(frame);
  }

  /* Mảnh HTML của máy chủ trong bóng của thẻ: kiểu chữ của hai bên không lẫn vào nhau. Không tải được thì giữ liên kết đang có. */
  var policy;
  function piece(place, key) {
    var asked = ["loai", "so", "bai"].filter(function (name) { return place.hasAttribute(name); }).map(function (name) {
      return "&" + name + "=" + encodeURIComponent(place.getAttribute(name));
    });
    fetch(origin + "/k/" + key + "/manh?kieu=bong" + asked.join(""), { credentials: "omit" }).then(function (answer) {
      return answer.ok ? answer.text() : Promise.reject();
    }).then(function (text) {
      if (window.trustedTypes && !policy) policy = trustedTypes.createPolicy("pbgdpl", { createHTML: String });
      var page = new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");
      var inside = page.querySelector("template");
      if (inside && !place.shadowRoot) place.attachShadow({ mode: "open" }).appendChild(document.adoptNode(inside.content));
    }).catch(function () {});
  }

  /* <pbgdpl-section key="…">: thẻ riêng của cùng tập lệnh này; thêm "manh" thì hiện mảnh HTML thay cho khung. */
  if (window.customElements && !customElements.get("pbgdpl-section")) {
    customElements.define("pbgdpl-section", class extends HTMLElement {
      connectedCallback() {
        var key = this.getAttribute("key") || "";
        var path = this.getAttribute("trang") || "";
        if (!/^[0-9a-z]{26}$/.test(key) || this.querySelector("iframe") || /^[/\\]|\.\./.test(path)) return;
        if (this.hasAttribute("manh")) return piece(this, key);
        var frame = document.createElement("iframe");
        frame.src = origin + "/k/" + key + "/" + path;
        frame.title = this.getAttribute("title") || "Chuyên mục phổ biến, giáo dục pháp luật";
        frame.setAttribute("sandbox", "allow-scripts allow-forms allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation");
        frame.referrerPolicy = "strict-origin";
        frame.width = "100%";
        frame.height = "900";
        this.textContent = "";
        this.appendChild(frame);
        start(frame);
      }
    });
  }

  function all() { frames().forEach(start); }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", all);
  else all();
})();
