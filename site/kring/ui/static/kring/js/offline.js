// Registers the worker that shows a page of our own when there is no network.
navigator.serviceWorker?.register("/service-worker.js", { scope: "/" }).catch(() => {});
