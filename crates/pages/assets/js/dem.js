/* Đếm một lượt đọc có tương tác: phần nội dung đã hiện trên màn hình đủ 5 giây, hoặc người đọc đã bấm, gõ trong đó.
   Không cookie, không mã nhận dạng; gửi đúng một lần đường dẫn trong chuyên mục, không kèm câu hỏi tìm kiếm. */
(function () {
  "use strict";
  var script = document.currentScript;
  var main = document.getElementById("chinh");
  if (!script || !main || !window.IntersectionObserver || !navigator.sendBeacon) return;
  var to = script.getAttribute("data-dem");
  var seconds = 0;
  var shown = false;
  var observer = new IntersectionObserver(function (entries) {
    var entry = entries[entries.length - 1];
    var seen = entry.intersectionRect.height;
    /* Trong khung nhúng, phần hiện ra tính theo cửa sổ của trang bên ngoài. */
    shown = document.visibilityState === "visible" && seen > 0 && seen >= Math.min(200, entry.boundingClientRect.height / 2);
  });
  function tell() {
    clearInterval(clock);
    observer.disconnect();
    removeEventListener("click", use, true);
    removeEventListener("keydown", use, true);
    navigator.sendBeacon(to, location.pathname.slice(to.length - 4));
  }
  /* Tab đi ngang qua khung, phím bổ trợ đứng một mình, phím chức năng, tổ hợp phím của trình duyệt: không phải là dùng. */
  var BESIDE = /^(Tab|Escape|Shift|Control|Alt|AltGraph|Meta|OS|CapsLock|NumLock|ScrollLock|Fn|FnLock|ContextMenu|F[0-9]+)$/;
  function use(event) {
    var beside = event.type === "keydown" && (event.ctrlKey || event.altKey || event.metaKey || BESIDE.test(event.key));
    if (event.isTrusted && !beside) tell();
  }
  var clock = setInterval(function () {
    if (shown && ++seconds >= 5) return tell();
    /* Hỏi lại mỗi giây: trang có thể đã cuộn, đã ẩn hay đã dài thêm. */
    shown = false;
    observer.unobserve(main);
    observer.observe(main);
  }, 1000);
  observer.observe(main);
  addEventListener("click", use, true);
  addEventListener("keydown", use, true);
})();
