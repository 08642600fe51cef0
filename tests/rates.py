"""Settings for a server that a handful of people keep as busy as a whole region would.

The limits are on, as for everybody; but a few people stand for many there, from one address.
"""

BUSY = {
    "COMMANDS_PER_MINUTE": "600000",
    "TYPING_PER_MINUTE": "600000",
    "SOCKETS_PER_MINUTE": "60000",
    "SOCKETS_PER_PERSON": "5000",
    "LOOKS_PER_MINUTE": "600000",
    "UPLOADS_PER_MINUTE": "60000",
    "SIGN_INS_PER_MINUTE": "60000",
}
