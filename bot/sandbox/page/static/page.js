// What the page does beyond htmx: dialogs, scrolling, the composer with its suggestions, switching people.
"use strict";

(function () {
  const body = document.body;
  const one = (selector, within) => (within || document).querySelector(selector);

  // --- What stays as the person left it when the page is brought up to date

  Idiomorph.defaults.ignoreActiveValue = true;
  Idiomorph.defaults.callbacks.beforeNodeMorphed = function (node, fresh) {
    // What ignoreActiveValue keeps for a field, it would keep for the words of a button that was just pressed.
    if (node === document.activeElement && node.tagName === "BUTTON") node.textContent = fresh.textContent;
  };
  Idiomorph.defaults.callbacks.beforeAttributeUpdated = function (name, node) {
    return !(name === "open" && (node.tagName === "DETAILS" || node.tagName === "DIALOG"));
  };

  // --- Modals

  let cameFrom = null;

  function showModal() {
    const dialog = one("dialog[data-modal]");
    if (!dialog) {
      goBack();
    } else if (!dialog.open) {
      cameFrom = cameFrom || document.activeElement;
      dialog.showModal();
      const fields = ".blocks :is(input:not([type=hidden]), select, textarea)";
      const first = one("[aria-invalid]", dialog) || one("[autofocus]", dialog) || one(fields, dialog);
      if (first) first.focus();
    }
  }

  // A browser forgets where the focus was when a dialog leaves the document instead of being closed.
  function goBack() {
    if (!cameFrom) return;
    const there = cameFrom.isConnected ? cameFrom : cameFrom.id && document.getElementById(cameFrom.id);
    (there || one("#main")).focus();
    cameFrom = null;
  }

  document.addEventListener("cancel", function (event) {
    if (event.target.matches("dialog[data-modal]")) {
      event.preventDefault();
      one("[data-close]", event.target).click();
    }
  }, true);

  // --- The pane stays at its end while new messages come, unless somebody reads further up

  const scroll = one("[data-scroll]");
  let atEnd = true;

  function toEnd() {
    if (scroll && atEnd && !location.search.includes("before=")) scroll.scrollTop = scroll.scrollHeight;
  }
  if (scroll) {
    scroll.addEventListener("scroll", function () {
      atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
    });
  }

  document.addEventListener("htmx:afterSettle", function () { showModal(); toEnd(); });
  document.addEventListener("DOMContentLoaded", function () { showModal(); toEnd(); showPlace(); visitHome(); });

  // --- What a person could not do is said, and a page that has lost its workspace says so

  document.addEventListener("htmx:responseError", function (event) {
    let words = "That did not work.";
    try { words = JSON.parse(event.detail.xhr.responseText).error || words; } catch (_) { /* no words of the server's */ }
    toast(words);
  });
  document.addEventListener("htmx:sendError", function () { toast("The workspace cannot be reached."); });

  function toast(words) {
    const said = document.createElement("p");
    said.className = "toast";
    said.setAttribute("role", "alert");
    said.textContent = words;
    one("#toast").replaceChildren(said);
  }
  document.addEventListener("click", function (event) {
    if (event.target.closest("#toast")) one("#toast").replaceChildren();
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  // --- Who one is, and what one looks at

  const who = one("[data-switch]");
  if (who) who.addEventListener("change", function () { location.href = "/as/" + who.value + "/home"; });

  function showPlace() {
    const place = one("#sidebar [aria-current]");
    if (place) place.scrollIntoView({ block: "nearest" });
    const answer = one("#reply");
    if (answer) answer.form.scrollIntoView({ block: "nearest" });
  }

  function visitHome() {
    if (body.dataset.place === "home") htmx.ajax("POST", "/as/" + body.dataset.handle + "/home", { target: "#toast" });
  }

  document.addEventListener("htmx:afterRequest", function (event) {
    const source = event.detail.elt;
    if (!event.detail.successful) return;
    if (source.matches("[data-composer]")) {
      source.reset();
      const named = one("[data-file]", source);
      if (named) named.textContent = "";
      atEnd = true;
    }
    if (source.matches("[data-reload]")) location.reload();
    const menu = source.closest("details.menu");
    if (menu && menu.open) {
      if (menu.contains(document.activeElement)) one("summary", menu).focus();
      menu.open = false;
    }
  });

  document.addEventListener("change", function (event) {
    const form = event.target.closest("[data-composer]");
    if (form && event.target.type === "file") {
      one("[data-file]", form).textContent = Array.from(event.target.files, (file) => file.name).join(", ");
    }
  });

  // --- The composer: Enter sends; /, @ and # complete

  document.addEventListener("keydown", function (event) {
    const field = event.target;
    if (!field.closest || !field.closest("[data-composer]") || field.tagName !== "TEXTAREA") return;
    if (field.matches("[data-completes]") && choosing(event, field)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      field.form.requestSubmit();
    }
  });

  const field = one("[data-completes]");
  const list = one("#completions");
  let names = null;
  let chosen = 0;

  if (field) {
    fetch("/page/names/" + body.dataset.handle).then((answer) => answer.json()).then(function (found) { names = found; });
    field.addEventListener("input", suggest);
    field.addEventListener("blur", function () { setTimeout(hide, 150); });
  }

  function suggest() {
    const before = field.value.slice(0, field.selectionStart);
    const found = names ? matching(before) : [];
    if (!found.length) { hide(); return; }
    chosen = 0;
    list.replaceChildren.apply(list, found.slice(0, 8).map(function (each, number) {
      const item = document.createElement("li");
      item.id = "completion-" + number;
      item.setAttribute("role", "option");
      item.dataset.text = each.text;
      item.dataset.from = each.from;
      const name = document.createElement("strong");
      name.textContent = each.text;
      const about = document.createElement("span");
      about.textContent = each.about;
      item.append(name, " ", about);
      item.addEventListener("mousedown", function (event) { event.preventDefault(); take(item); });
      return item;
    }));
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    mark();
  }

  function matching(before) {
    const command = /^(\/\S*)$/.exec(before);
    if (command) return options(names.commands.map((each) => ["" + each.name, each.about]), command[1], 0);
    const word = /^(\/\S+) +(\S*)$/.exec(before);
    if (word) {
      const known = names.commands.find((each) => each.name === word[1]);
      if (known && !/^[@#]/.test(word[2])) return options(known.words.map((each) => [each, ""]), word[2], before.length - word[2].length);
    }
    const named = /(^|\s)([@#])([\w.-]*)$/.exec(before);
    if (!named) return [];
    const pool = named[2] === "@" ? names.people : names.channels;
    return options(pool.map((each) => [named[2] + each.name, each.about]), named[2] + named[3], before.length - named[3].length - 1);
  }

  function options(pool, typed, from) {
    const wanted = typed.toLowerCase();
    return pool.filter((each) => each[0].toLowerCase().startsWith(wanted) && each[0] !== typed)
      .map((each) => ({ text: each[0], about: each[1], from: from }));
  }

  function choosing(event, within) {
    if (list.hidden) return false;
    const count = list.children.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      chosen = (chosen + (event.key === "ArrowDown" ? 1 : count - 1)) % count;
      mark();
    } else if (event.key === "Tab" || event.key === "Enter") {
      take(list.children[chosen]);
    } else if (event.key === "Escape") {
      hide();
    } else {
      return false;
    }
    event.preventDefault();
    return true;
  }

  function mark() {
    Array.from(list.children).forEach((item, number) => item.setAttribute("aria-selected", String(number === chosen)));
    field.setAttribute("aria-activedescendant", "completion-" + chosen);
  }

  function take(item) {
    const after = field.value.slice(field.selectionStart);
    const text = field.value.slice(0, Number(item.dataset.from)) + item.dataset.text + " ";
    field.value = text + after;
    field.setSelectionRange(text.length, text.length);
    hide();
    field.focus();
    suggest();
  }

  function hide() {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }
})();
