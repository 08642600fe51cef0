"""The Socket.IO server on aiohttp, and the transport under it with its bounds."""
