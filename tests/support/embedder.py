"""A language model for tests, on loopback: it knows three subjects, and words by which they go."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SUBJECTS = (
    ("car", "vehicle", "parking", "garage"),
    ("bread", "bakery", "flour"),
    ("invoice", "payment", "bill"),
)


class Embedder:
    """asked: all texts that reached it. broken: it turns everybody away."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.broken = False
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1/embeddings"

    def start(self) -> None:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def end(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        embedder = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                texts = [sent["input"]] if isinstance(sent["input"], str) else sent["input"]
                embedder.asked += texts
                body = json.dumps({"data": [{"embedding": meaning_of(text)} for text in texts]}).encode()
                self.send_response(401 if embedder.broken else 200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_words: object) -> None:
                pass

        return Handler


def meaning_of(text: str) -> list[float]:
    lower = text.lower()
    found = [float(sum(word in lower for word in subject)) for subject in SUBJECTS]
    return [*found, 0.0 if any(found) else 1.0]
