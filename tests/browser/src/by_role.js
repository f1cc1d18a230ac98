// arguments: role, part of the accessible name. Returns the first such element that is shown.
const [role, name] = arguments;
const native = {
  button: "button, summary, input[type=button], input[type=submit], input[type=reset]",
  link: "a[href]",
  textbox: "textarea, input:not([type]), input[type=text], input[type=email], input[type=url], input[type=tel]",
  searchbox: "input[type=search]",
  spinbutton: "input[type=number]",
  slider: "input[type=range]",
  checkbox: "input[type=checkbox]",
  radio: "input[type=radio]",
  combobox: "select",
  heading: "h1, h2, h3, h4, h5, h6",
  dialog: "dialog[open]",
  table: "table",
  row: "tr",
  listitem: "li",
  main: "main",
  navigation: "nav",
};
const label = (element) => {
  const by = element.getAttribute("aria-labelledby");
  const referred = by ? by.split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? "").join(" ") : "";
  const labels = [...(element.labels ?? [])].map((each) => each.textContent).join(" ");
  const own = /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName) ? "" : element.textContent;
  const value = /^(button|submit|reset)$/.test(element.type) ? element.value : "";
  return (referred || element.getAttribute("aria-label") || labels || own || value || element.title || "")
    .replace(/\s+/g, " ").trim();
};
const found = document.querySelectorAll(`[role=${role}]` + (native[role] ? `, ${native[role]}` : ""));
const fits = (element) =>
  (element.getAttribute("role") ?? role) === role && element.getClientRects().length > 0 && label(element).includes(name);
return [...found].find(fits) ?? null;
