/* Bên trong khung: báo chiều cao, nơi đang đọc và đề mục được bấm cho trang nhúng, sau khi trang ấy chào. */
(function () {
  "use strict";
  if (window.parent === window) return;
  var host = null;
  var last = 0;

  function path() {
    return location.pathname.split("/").slice(3).join("/");
  }

  function tell() {
    if (!host) return;
    var height = document.documentElement.getBoundingClientRect().height;
    if (Math.abs(height - last) > 1) {
      last = height;
      window.parent.postMessage({ v: 1, type: "resize", height: height }, host);
    }
  }

  /* Khung cao bằng nội dung nên không tự cuộn, và trình duyệt không cuộn trang của nguồn khác: nhờ trang nhúng cuộn. */
  function reach() {
    var target = host && document.querySelector(":target");
    if (target) window.parent.postMessage({ v: 1, type: "scroll", top: target.getBoundingClientRect().top }, host);
  }

  window.addEventListener("message", function (event) {
    if (event.source !== window.parent || !event.data || event.data.v !== 1 || event.data.type !== "hello") return;
    /* Chính sách frame-ancestors đã chỉ cho trang trong danh sách nhúng; trang chào là trang ấy. */
    host = event.origin;
    last = 0;
    tell();
    window.parent.postMessage({ v: 1, type: "navigate", path: path() }, host);
  });

  if (window.ResizeObserver) new ResizeObserver(tell).observe(document.documentElement);
  window.addEventListener("load", tell);
  window.addEventListener("hashchange", reach);
  /* Bấm lại đúng đề mục cũ thì địa chỉ không đổi. */
  document.addEventListener("click", function (event) {
    if (event.target.closest("a[href^='#']")) setTimeout(reach, 0);
  });
})();
