// <a href="/a/page/that/asks" data-opens="id">: opens the dialog instead; [data-closes] closes it.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.opens);
    if (!dialog) return;
    event.preventDefault();
    dialog.showModal();
    return;
  }
  const closer = event.target.closest("[data-closes]");
  if (!closer) return;
  event.preventDefault();
  closer.closest("dialog")?.close();
});
