// Runs before the page is drawn, so that a chosen appearance does not flash.
(() => {
  try {
    const theme = JSON.parse(localStorage.getItem('wainao.theme'));
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch { /* Without storage the system's appearance holds. */ }
})();
