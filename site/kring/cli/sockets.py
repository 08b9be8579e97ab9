"""The server's side of a socket, with a short way for a frame that goes to many."""

from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol


class SocketProtocol(WebSocketsSansIOProtocol):
    """Offers the ASGI extension `kring.write`: {"write": write_frame}.

    What is said in a room of a thousand is the same frame a thousand times. Through ASGI each costs a task's
    turn and an encoding of its own; here it is built once and handed to the transports as it is.
    """

    def handle_connect(self, event: Any) -> None:
        super().handle_connect(event)
        if hasattr(self, "scope"):
            # The application's task runs later and finds it there.
            self.scope["extensions"]["kring.write"] = {"write": self.write_frame}

    def write_frame(self, frame: bytes) -> bool:
        """Write an unmasked, uncompressed frame; False where it can't go now: send() knows what to do then.

        Nothing that was given to send() may be under way.
        """
        if not self.handshake_complete or not self.writable.is_set():
            return False
        if self.disconnected or self.close_sent or self.transport.is_closing():
            return False
        self.transport.write(frame)
        return True
