// Shows the captions of a sound below its player: browsers draw them over films only.
for (const sound of document.querySelectorAll("audio[data-captioned]")) {
  const place = sound.parentElement.querySelector("[data-cue]");
  const track = sound.textTracks[0];
  if (!place || !track) continue;
  track.mode = "hidden";
  track.addEventListener("cuechange", () => {
    place.textContent = [...track.activeCues].map((cue) => cue.getCueAsHTML().textContent).join("\n");
  });
}
