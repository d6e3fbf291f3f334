// The desk with a keyboard, and nothing typed is lost. Every page works without it. Text only goes through textContent.
(() => {
  "use strict";
  const store = (() => {
    try {
      const s = window.localStorage;
      s.getItem("x");
      return s;
    } catch {
      return null;
    }
  })();
  const PREFIX = "ban-nhap:";
  const WEEK = 7 * 24 * 3600 * 1000;
  const form = document.querySelector("form[data-keep]");
  const key = PREFIX + (form ? form.dataset.keep : "");

  // --- keys -------------------------------------------------------------------------------------
  const typing = (el) => el && (el.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const inside = document.activeElement && document.activeElement.closest("form");
      const button = (inside && inside.querySelector("[data-key]")) || document.querySelector("[data-key]");
      if (button) {
        event.preventDefault();
        button.click();
      }
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey || typing(document.activeElement)) return;
    const step = { j: 1, k: -1 }[event.key.toLowerCase()];
    const list = step && document.querySelector("[data-list]");
    if (!list) return;
    const links = [...list.querySelectorAll("a.task, tbody th a")];
    if (!links.length) return;
    const here = links.indexOf(document.activeElement);
    const start = here < 0 ? links.findIndex((a) => a.hasAttribute("aria-current")) : here;
    const next = Math.min(Math.max(start + step, 0), links.length - 1);
    links[next].focus();
    event.preventDefault();
  });

  // --- what follows from choices, as they are made ----------------------------------------------
  const live = document.querySelector("form[data-live]");
  if (live && window.fetch) {
    const policy = window.trustedTypes
      ? window.trustedTypes.createPolicy("pbgdpl", { createHTML: (text) => text })
      : { createHTML: (text) => text };
    let asked = 0;
    live.addEventListener("change", async () => {
      const mine = ++asked;
      const address = live.getAttribute("action") + "?" + new URLSearchParams(new FormData(live));
      try {
        const answer = await fetch(address, { credentials: "same-origin", redirect: "error" });
        if (!answer.ok || mine !== asked) return;
        const page = new DOMParser().parseFromString(policy.createHTML(await answer.text()), "text/html");
        for (const id of live.dataset.live.split(" ")) {
          const now = document.getElementById(id);
          const then = page.getElementById(id);
          if (!now || !then) continue;
          const focused = now.contains(document.activeElement) && document.activeElement.id;
          now.replaceWith(document.adoptNode(then));
          if (focused && document.getElementById(focused)) document.getElementById(focused).focus({ preventScroll: true });
        }
        history.replaceState(null, "", address);
      } catch {
        // Without a line the button still does it.
      }
    });
  }

  // --- what was typed ---------------------------------------------------------------------------
  if (store) {
    for (const name of Object.keys(store).filter((name) => name.startsWith(PREFIX))) {
      let at = 0;
      try {
        at = JSON.parse(store.getItem(name)).at;
      } catch {
        at = 0;
      }
      if (!(Date.now() - at < WEEK)) store.removeItem(name);
    }
    // An act was done: what was sent is kept by the server now.
    const sent = sessionStorage.getItem("da-gui");
    if (sent && new URLSearchParams(location.search).has("xong")) {
      store.removeItem(sent);
      sessionStorage.removeItem("da-gui");
    }
    // Leaving on a shared machine leaves nothing behind.
    for (const out of document.querySelectorAll('form[action="/dang-xuat"]')) {
      out.addEventListener("submit", () => {
        for (const name of Object.keys(store).filter((name) => name.startsWith(PREFIX))) store.removeItem(name);
      });
    }
  }
  if (!form) return;

  const fields = () => [...form.elements].filter((el) => el.name && !/^(hidden|submit|button|file|password)$/.test(el.type) && el.tagName !== "BUTTON");
  const read = () => fields().map((el) => [el.name, el.type === "checkbox" || el.type === "radio" ? el.value + (el.checked ? "+" : "-") : el.value]);
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const based = () => form.elements.namedItem("based_on");
  const first = read();
  let leaving = false;
  let timer = 0;
  // A page that came back with errors or a preview holds what was typed and was not saved yet.
  const unsaved = () => form.hasAttribute("data-unsaved") || !same(read(), first);

  const keep = () => {
    if (!store) return;
    try {
      if (unsaved()) store.setItem(key, JSON.stringify({ at: Date.now(), based: based() ? based().value : "", values: read() }));
    } catch {
      // A full store must not disturb the writing.
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 400);
  });
  form.addEventListener("submit", () => {
    keep();
    leaving = true;
    if (store) sessionStorage.setItem("da-gui", key);
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && unsaved()) {
      keep();
      event.preventDefault();
    }
  });
  window.addEventListener("pageshow", () => {
    leaving = false;
  });

  const put = (values) => {
    const rest = [...values];
    for (const el of fields()) {
      const boxed = el.type === "checkbox" || el.type === "radio";
      const at = rest.findIndex(([name, value]) => name === el.name && (!boxed || value.slice(0, -1) === el.value));
      if (at < 0) continue;
      const [[, value]] = rest.splice(at, 1);
      if (boxed) el.checked = value.endsWith("+");
      else el.value = value;
    }
    for (const details of form.querySelectorAll("details")) {
      if ([...details.querySelectorAll("input:not([type=checkbox])")].some((el) => el.value)) details.open = true;
    }
  };

  const kept = store && store.getItem(key);
  if (!kept) return;
  let draft;
  try {
    draft = JSON.parse(kept);
  } catch {
    store.removeItem(key);
    return;
  }
  if (same(draft.values, first)) return;
  const box = document.createElement("div");
  box.className = "kept acts";
  box.setAttribute("role", "status");
  const words = document.createElement("span");
  const at = new Date(draft.at);
  words.textContent =
    "Trình duyệt này còn giữ chữ bạn nhập lúc " + at.getHours() + " giờ " + String(at.getMinutes()).padStart(2, "0") + ", chưa được lưu.";
  const button = (label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn q";
    made.textContent = label;
    made.addEventListener("click", () => {
      act();
      box.remove();
    });
    return made;
  };
  const end = document.createElement("span");
  end.className = "end acts";
  end.append(
    button("Bỏ", () => store.removeItem(key)),
    button("Lấy lại", () => {
      put(draft.values);
      // Somebody may have saved since: the server then lays both texts side by side.
      if (based() && draft.based) based().value = draft.based;
      form.setAttribute("data-unsaved", "");
    }),
  );
  box.append(words, end);
  form.before(box);
})();
