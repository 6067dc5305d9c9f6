function arrays(state, data) {
  const k = data.epochs.indexOf(state.epoch), epoch = Number(state.epoch), confusion = data.confusion[k], answers = data.answers[k];
  const now = (name) => data[name + "_line"].filter(([at]) => at === epoch), classes = range(confusion.length);
  const shares = confusion.map((row, r) => row.map((n, c) => {
    const share = n / Math.max(sum(row), 1);
    return r === c ? share : Math.max(-1, -3 * share);
  }));
  const ok = answers.map((answer, n) => answer === data.labels[n]), pick = (list, want) => list.filter((_, n) => ok[n] === want);
  const at = answers.map((_, n) => [(n % 4) + 0.5, 1.2 * Math.floor(n / 4) + 0.2]), score = ok.filter(Boolean).length;
  const said = answers.map((answer, n) => (ok[n] ? `${answer} ✓` : `${answer} ✗`));
  const found = { loss_now: now("loss"), accuracy_now: now("accuracy"), test_now: now("test") };
  const wrong = confusion.map((row, r) => row.map((n, c) => (r === c ? 0 : n))).flat(), worst = argmax(wrong);
  const loss = found.loss_now.map(([, value]) => `training loss ${fixed(value, 3)}, `).join("");
  const text = `${epoch ? `After epoch ${epoch}` : "Before training"}: ${loss}test accuracy ${fixed(100 * found.test_now[0][1], 1)} %, ${score} of the ${ok.length} images right.`;
  const most = ` Most frequent mistake: ${Math.floor(worst / classes.length)} read as ${worst % classes.length}, ${wrong[worst]} times.`;
  return {
    ...found, now: [[epoch, 0], [epoch, 1e3]], weights: data.weights[k], shares, counts: confusion.flat().map((n) => (n ? String(n) : "")),
    right_at: pick(at, true), wrong_at: pick(at, false), right_texts: pick(said, true), wrong_texts: pick(said, false),
    right: score, score: `${score} of these ${ok.length} right`, text: wrong[worst] ? text + most : `${text} No mistake is left.`,
  };
}
