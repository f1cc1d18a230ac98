/*
 * Starts Gotong: fetches the module as bytes (so any media type will do), compiles it once, starts the page,
 * and keeps what a worker needs to start from the same compiled module.
 *
 * Written in the oldest JavaScript there is, so that an old browser can still say that it is too old.
 * `cargo xtask` wraps the glue that wasm-bindgen writes into `gotongGlue`, a function whose text is also the
 * worker's program: nothing is fetched, compiled or held twice. See docs/decisions/0002-one-module-two-roles.md.
 *
 * <script defer src="loader.js" data-glue="page.js" data-wasm="page_bg.wasm" data-later="page_later.wasm"
 *         data-later-styles="later.css" data-build="…">
 *   data-wasm          may name page_bg.wasm.gz, for a host that compresses nothing
 *   data-later         the half that is fetched when it is first needed; may be gzip too
 *   data-later-styles  the styles only that half needs; left out by a page that links none of ours
 *   data-build         is added to every address, so that a cached part of an older build is never mixed in
 */
(function () {
  "use strict";

  var MESSAGES = {
    en: {
      missing: "A part of this page could not be fetched. Check the connection and reload. If you publish this page, check that every file was uploaded.",
      truncated: "A part of this page arrived incomplete. Reload. If it happens again, the file was cut short when it was uploaded.",
      unsupported: "This browser is too old for the calculations on this page, or WebAssembly is switched off. Update it, or use a recent Chrome, Firefox, Edge or Safari.",
      blocked: "The security settings of this site block this page's calculations. Its publisher must allow 'wasm-unsafe-eval' and the page's own scripts in the content security policy.",
      crashed: "This page stopped while starting. Reload; if it happens again, tell its publisher.",
      slow: "Still loading. The connection is slow."
    },
    id: {
      missing: "Sebagian halaman ini tidak dapat diambil. Periksa koneksi lalu muat ulang. Jika Anda penerbit halaman ini, pastikan semua berkas sudah diunggah.",
      truncated: "Sebagian halaman ini tiba tidak lengkap. Muat ulang. Jika terjadi lagi, berkasnya terpotong saat diunggah.",
      unsupported: "Peramban ini terlalu lama untuk perhitungan di halaman ini, atau WebAssembly dimatikan. Perbarui peramban, atau gunakan Chrome, Firefox, Edge, atau Safari terbaru.",
      blocked: "Pengaturan keamanan situs ini memblokir perhitungan halaman. Penerbitnya perlu mengizinkan 'wasm-unsafe-eval' dan skrip halaman ini dalam kebijakan keamanan konten.",
      crashed: "Halaman ini berhenti saat dimulai. Muat ulang; jika terjadi lagi, beri tahu penerbitnya.",
      slow: "Masih memuat. Koneksinya lambat."
    }
  };
  var SLOW_MS = 5000;

  var tag = document.currentScript;
  var note = document.getElementById("boot-note");
  var settled = false;
  var violated = false;

  document.addEventListener("securitypolicyviolation", function (event) {
    violated = violated || /^(script|connect|default)-src/.test(event.effectiveDirective);
  });

  /* The reader's language: as the address asks, else as the browser is set, else English. */
  function language() {
    var asked = /[?&]lang=([^&]*)/.exec(location.search);
    var wanted = (asked ? [asked[1]] : []).concat(navigator.languages || navigator.language || []);
    for (var i = 0; i < wanted.length; i += 1) {
      var code = String(wanted[i]).slice(0, 2).toLowerCase();
      if (MESSAGES.hasOwnProperty(code)) { return code; }
    }
    return "en";
  }

  function say(code) {
    if (!note) { return; }
    var lang = language();
    note.lang = lang;
    note.setAttribute("data-code", code);
    note.textContent = MESSAGES[lang][code];
    note.hidden = false;
  }

  /* Says once why the page did not start; the static page stays. */
  function fail(code) {
    settled = true;
    /* The browser reports a policy's refusal a moment after the refusal itself. */
    setTimeout(function () { say(violated ? "blocked" : code); }, 100);
  }

  function Failure(code) { this.code = code; }

  /* Whether a module of eight bytes, the smallest there is, may run. (WebKit compiles what it will not start.) */
  function mayRun() {
    try {
      return !!new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])));
    } catch (refused) {
      return false;
    }
  }

  function address(name) {
    var build = tag.getAttribute("data-build");
    return tag.src.replace(/[^\/]*$/, "") + name + (build ? "?" + build : "");
  }

  /* The glue: a function that, called, defines and returns `wasm_bindgen`. */
  function glue() {
    return new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.onload = function () {
        if (typeof gotongGlue === "function") { resolve(gotongGlue); } else { reject(new Failure("truncated")); }
      };
      script.onerror = function () { reject(new Failure("missing")); };
      script.src = address(tag.getAttribute("data-glue"));
      document.head.appendChild(script);
    });
  }

  /* The styles of the later half, once they are in force. */
  function styled() {
    var name = tag.getAttribute("data-later-styles");
    if (!name) { return Promise.resolve(); }
    return new Promise(function (resolve, reject) {
      var link = document.createElement("link");
      link.onload = resolve;
      link.onerror = function () {
        /* A second try adds another. */
        document.head.removeChild(link);
        reject(new Failure("missing"));
      };
      link.rel = "stylesheet";
      link.href = address(name);
      document.head.appendChild(link);
    });
  }

  /* A half of the module, compiled. */
  function compiled(name) {
    return bytes(name).then(check).then(function (buffer) {
      return WebAssembly.compile(buffer).catch(function () { throw new Failure("unsupported"); });
    });
  }

  /* The bytes of a file. A host where `fetch` cannot work would get them another way, here and only here. */
  function bytes(name) {
    return fetch(address(name)).then(function (response) {
      if (!response.ok) { throw new Failure("missing"); }
      return response.arrayBuffer().catch(function () { throw new Failure("truncated"); });
    }, function () {
      throw new Failure("missing");
    }).then(inflate);
  }

  /* Inflates gzip that the host sent as a plain file. */
  function inflate(buffer) {
    var head = new Uint8Array(buffer, 0, Math.min(2, buffer.byteLength));
    if (head[0] !== 0x1f || head[1] !== 0x8b) { return buffer; }
    if (typeof DecompressionStream !== "function") { throw new Failure("unsupported"); }
    var stream = new Response(buffer).body.pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).arrayBuffer().catch(function () { throw new Failure("truncated"); });
  }

  /* Tells a cut file from one this browser cannot compile, by walking over the sections' lengths. */
  function check(buffer) {
    var data = new Uint8Array(buffer);
    if (data.length === 0) { throw new Failure("truncated"); }
    if (data[0] !== 0 || data[1] !== 97 || data[2] !== 115 || data[3] !== 109) { throw new Failure("missing"); }
    var at = 8;
    while (at < data.length) {
      var length = 0;
      var scale = 1;
      var byte;
      at += 1;
      do {
        byte = data[at];
        length += (byte & 127) * scale;
        scale *= 128;
        at += 1;
      } while (byte & 128);
      at += length;
    }
    if (at !== data.length) { throw new Failure("truncated"); }
    return buffer;
  }

  /*
   * What the page may ask of its loader.
   *
   * `spawnWorker()` starts a classic worker whose whole program is the glue plus a few lines that wait for the compiled
   * halves of the module; it throws where workers are not allowed. A worker may ask the same of a `gotongBoot` of its own,
   * and finds the page's query in `gotongQuery`.
   *
   * `fetchText(name, done)` fetches a text that lies beside the page and calls `done` with it, or with null.
   *
   * `fetchLater(done)` fetches the later half and its styles once, fits it to the first here and in every worker, and calls
   * `done` with whether all of it is there: nothing is drawn before it has its styles. The halves share memory, stack and
   * table of functions: that is what the later one imports.
   */
  function boot(gotongGlue, module) {
    var program = "var wasm_bindgen=(" + gotongGlue + ")(),first,halves=[],gotongQuery=" + JSON.stringify(location.search) +
      ",gotongBoot={spawnWorker:function(){var worker=new Worker(location.href);" +
      "halves.forEach(function(half){worker.postMessage(half)});return worker}};" +
      "addEventListener(\"message\",function(event){" +
      "var module=event.data;if(!(module instanceof WebAssembly.Module)){return}" +
      "if(halves.push(module)>1){new WebAssembly.Instance(module,{__wasm_split:first})}" +
      "else{first=wasm_bindgen.initSync({module:module})}});";
    var url = null;
    var workers = [];
    var later = null;
    var coming = null;
    var styles = null;
    var started;
    var first = new Promise(function (resolve) { started = resolve; });
    return {
      started: started,
      spawnWorker: function () {
        url = url || URL.createObjectURL(new Blob([program], { type: "text/javascript" }));
        var worker = new Worker(url);
        worker.postMessage(module);
        if (later) { worker.postMessage(later); }
        workers.push(worker);
        return worker;
      },
      fetchText: function (name, done) {
        bytes(name).then(function (buffer) { return new TextDecoder().decode(buffer); }).then(done, function (reason) {
          console.error(reason);
          done(null);
        });
      },
      fetchLater: function (done) {
        /* Kept apart: where only the code was missed, a second try does not link the styles twice. */
        styles = styles || styled().catch(function (reason) {
          styles = null;
          throw reason;
        });
        coming = coming || Promise.all([first, compiled(tag.getAttribute("data-later")), styles]).then(function (parts) {
          var half = parts[1];
          return WebAssembly.instantiate(half, { __wasm_split: parts[0] }).then(function () {
            later = half;
            workers.forEach(function (worker) { worker.postMessage(half); });
          });
        });
        coming.then(function () { done(true); }, function (reason) {
          coming = null;
          console.error(reason);
          done(false);
        });
      }
    };
  }

  if (typeof WebAssembly !== "object" || typeof fetch !== "function" || typeof Promise !== "function") {
    fail("unsupported");
    return;
  }
  if (!mayRun()) {
    fail("blocked");
    return;
  }
  setTimeout(function () { if (!settled) { say("slow"); } }, SLOW_MS);
  Promise.all([glue(), compiled(tag.getAttribute("data-wasm"))]).then(function (parts) {
    window.gotongBoot = boot(parts[0], parts[1]);
    /* Not `initSync`: some browsers let only workers instantiate a large module synchronously. */
    return parts[0]()({ module_or_path: parts[1] });
  }).then(function (first) {
    window.gotongBoot.started(first);
    settled = true;
    if (note) { note.hidden = true; }
  }).catch(function (reason) {
    if (!(reason instanceof Failure)) { console.error(reason); }
    fail(reason instanceof Failure ? reason.code : "crashed");
  });
})();
