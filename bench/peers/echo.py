"""python -m bench.peers.echo PORT: a Channels consumer that sends what it hears to a group, each a member.

On the layer in memory, or on Redis where REDIS_URL names one. Served like the site, by uvicorn.
"""

import os
import sys
from typing import Any

import uvicorn
from django.conf import settings

LAYERS = {
    True: {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer"},
    False: {"BACKEND": "channels.layers.InMemoryChannelLayer"},
}


def make() -> Any:
    redis = os.environ.get("REDIS_URL")
    layer: dict[str, Any] = LAYERS[bool(redis)]
    if redis:
        layer = {**layer, "CONFIG": {"hosts": [redis]}}
    settings.configure(CHANNEL_LAYERS={"default": layer}, INSTALLED_APPS=["channels"])
    import django

    django.setup()
    from channels.generic.websocket import AsyncWebsocketConsumer

    class Echo(AsyncWebsocketConsumer):
        async def connect(self) -> None:
            await self.channel_layer.group_add("room", self.channel_name)
            await self.accept()

        async def receive(self, text_data: Any = None, bytes_data: Any = None) -> None:
            await self.channel_layer.group_send("room", {"type": "said", "text": text_data})

        async def said(self, event: Any) -> None:
            await self.send(text_data=event["text"])

    return Echo.as_asgi()


if __name__ == "__main__":
    app: Any = make()
    uvicorn.run(app, port=int(sys.argv[1]), log_level="error", lifespan="off", ws_per_message_deflate=False)
