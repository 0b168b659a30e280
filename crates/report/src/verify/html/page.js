(() => {
  const open = () => {
    const claim = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (claim instanceof HTMLDetailsElement) {
      claim.open = true;
      claim.scrollIntoView();
    }
  };
  addEventListener("hashchange", open);
  open();

  const copy = async (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = document.body.appendChild(document.createElement("textarea"));
    area.value = text;
    area.select();
    document.execCommand("copy");
    area.remove();
  };
  for (const button of document.querySelectorAll("button[data-markdown]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await copy(button.dataset.markdown);
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = "Copy as Markdown"; }, 1500);
    });
  }
})();
