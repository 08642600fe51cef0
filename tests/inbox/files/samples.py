"""Small real files, and the same with what cameras write into them."""

import base64
import hashlib
import struct
import zlib

SECRET = b"SECRETCAM"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

# Eight by eight grey points.
JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////////////////////"
    "////////////wAALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AH//Z"
)
WEBP = base64.b64decode("UklGRh4AAABXRUJQVlA4TBEAAAAvAUAAAAfQhCY0of+BiOh/AAA=")
# Eight by eight points, with Exif (a camera called SECRETCAM, 59 degrees north) and a text called SECRETXMP.
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAgdtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAEZpbG9j"
    "AAAAAERAAAMAAQAAAAACKwABAAAAAAAAACIAAgAAAAACTQABAAAAAAAAAGwAAwAAAAACuQABAAAAAAAAADkAAABiaWluZgAAAAAAAwAAABVp"
    "bmZlAgAAAAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAACppbmZlAgAAAQADAABtaW1lAGFwcGxpY2F0aW9uL3JkZit4bWwAAAAA"
    "AA5waXRtAAAAAAABAAAA/GlwcnAAAADcaXBjbwAAAHVodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMA"
    "AAMAHroCQGEAAQApQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbqrprm4CGgwIAAAAyAAAADAIRiAAEABkQBwXPBiQAAABNjb2xybmNseAABAA0A"
    "BoAAAAAUaXNwZQAAAAAAAABAAAAAQAAAAChjbGFwAAAACAAAAAEAAAAIAAAAAf///8gAAAAC////yAAAAAIAAAAQcGl4aQAAAAADCAgIAAAA"
    "GGlwbWEAAAAAAAAAAQABBYECAwWEAAAAKGlyZWYAAAAAAAAADmNkc2MAAgABAAEAAAAOY2RzYwADAAEAAQAAAM9tZGF0AAAAHigBrwQSEkzg"
    "+AROY/7d7FUBIKzotHShyJcQk7tqwAAAAAZFeGlmAABNTQAqAAAACAACAQ8AAgAAAAoAAAAmiCUABAAAAAEAAAAwAAAAAFNFQ1JFVENBTQAA"
    "AgABAAIAAAACTgAAAAACAAUAAAADAAAASgAAADsAAAABAAAAEwAAAAEAAAAAAAAAATx4OnhtcG1ldGEgeG1sbnM6eD0nYWRvYmU6bnM6bWV0"
    "YS8nPlNFQ1JFVFhNUDwveDp4bXBtZXRhPg=="
)

# One empty page, for whoever holds one certificate: its own key is sealed for that alone.
CERTIFIED_PDF = (
    b"%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n4 0 obj<</Filter/Adobe.PubSec/V 4/Length 128"
    b"/SubFilter/adbe.pkcs7.s5/CF<</DefaultCryptFilter<</CFM/AESV2/Recipients[<3082>]>>>>"
    b"/StmF/DefaultCryptFilter/StrF/DefaultCryptFilter>>endobj\n"
    b"trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<30><30>]>>\n%%EOF\n"
)

# One empty page, behind the password "hemligt".
LOCKED_PDF = base64.b64decode(
    "JVBERi0xLjQKMSAwIG9iajw8L1R5cGUvQ2F0YWxvZy9QYWdlcyAyIDAgUj4+ZW5kb2JqCjIgMCBvYmo8PC9UeXBlL1BhZ2VzL0tpZHNbMyAwIFJd"
    "L0NvdW50IDE+PmVuZG9iagozIDAgb2JqPDwvVHlwZS9QYWdlL1BhcmVudCAyIDAgUi9NZWRpYUJveFswIDAgMjAwIDIwMF0+PmVuZG9iago0IDAg"
    "b2JqPDwvRmlsdGVyL1N0YW5kYXJkL1YgMS9SIDIvTzwwY2E2YzBmZWY3ZDcxMzI1MjZkMTdkMDU3ZjQwOWE1ZDczYTEwMjRjZDUyYWUxZmRlYzIz"
    "YmRiZGZkMmJlMmUwPi9VPGQ2YTdlOGEzYmIwMDA2MTdhOGEzMGYxZGFiOWZlNjM5MmM0ZTdmYzhhZWVlOGU5NzA3NjRkZjZmYzc4MWJlNDY+L1Ag"
    "LTQ+PmVuZG9iagp4cmVmCjAgNQowMDAwMDAwMDAwIDY1NTM1IGYgCjAwMDAwMDAwMDkgMDAwMDAgbiAKMDAwMDAwMDA1MiAwMDAwMCBuIAowMDAw"
    "MDAwMTAxIDAwMDAwIG4gCjAwMDAwMDAxNjQgMDAwMDAgbiAKdHJhaWxlcjw8L1NpemUgNS9Sb290IDEgMCBSL0VuY3J5cHQgNCAwIFIvSURbPDMw"
    "MzEzMjMzMzQzNTM2MzczODM5NjE2MjYzNjQ2NTY2PjwzMDMxMzIzMzM0MzUzNjM3MzgzOTYxNjI2MzY0NjU2Nj5dPj4Kc3RhcnR4cmVmCjM0Nwol"
    "JUVPRgo="
)


def exif(orientation: int = 1, order: str = ">") -> bytes:
    """Exif of a camera with a name, that was held so and knew where it was."""
    first = 8
    entries = [
        struct.pack(order + "HHII", 0x010F, 2, len(SECRET) + 1, 100),
        struct.pack(order + "HHIHH", 0x0112, 3, 1, orientation, 0),
        struct.pack(order + "HHII", 0x8825, 4, 1, 120),
    ]
    mark = b"MM" if order == ">" else b"II"
    head = mark + struct.pack(order + "HI", 42, first) + struct.pack(order + "H", len(entries)) + b"".join(entries)
    return head.ljust(100, b"\x00") + SECRET.ljust(20, b"\x00") + b"N\x00\x00\x00GPS 59.31 18.07"


def jpeg_segment(marker: int, payload: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def jpeg(*segments: bytes) -> bytes:
    """The small JPEG with these segments after its first marker."""
    return JPEG[:2] + b"".join(segments) + JPEG[2:]


def jpeg_photo(orientation: int = 1) -> bytes:
    """As from a phone: with place, camera, a comment, XMP, and a second picture behind the first."""
    return (
        jpeg(
            jpeg_segment(0xE1, b"Exif\x00\x00" + exif(orientation)),
            jpeg_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00<x>SECRETCAM</x>"),
            jpeg_segment(0xED, b"Photoshop 3.0\x00SECRETCAM"),
            jpeg_segment(0xFE, b"SECRETCAM was here"),
        )
        + JPEG[:2]
        + jpeg_segment(0xE1, b"Exif\x00\x00" + exif())
        + JPEG[2:]
    )


def png_chunk(name: bytes, payload: bytes) -> bytes:
    return struct.pack(">I4s", len(payload), name) + payload + struct.pack(">I", zlib.crc32(name + payload))


PNG_START = b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0))
PNG_END = png_chunk(b"IDAT", zlib.compress(b"\x00\x01\x02\x00\x03\x04")) + png_chunk(b"IEND", b"")
PNG = PNG_START + PNG_END


def png_photo(orientation: int = 1) -> bytes:
    """With texts, a time, place and camera, a private chunk, and something behind the end."""
    beside = (
        png_chunk(b"tEXt", b"Author\x00SECRETCAM")
        + png_chunk(b"iTXt", b"XML:com.adobe.xmp\x00\x00\x00\x00\x00SECRETCAM")
        + png_chunk(b"tIME", bytes(7))
        + png_chunk(b"eXIf", exif(orientation))
        + png_chunk(b"prVt", SECRET)
    )
    return PNG_START + beside + PNG_END + SECRET


def webp_chunk(name: bytes, payload: bytes) -> bytes:
    return struct.pack("<4sI", name, len(payload)) + payload + b"\x00" * (len(payload) % 2)


def webp_photo(orientation: int = 1) -> bytes:
    """In the extended form, with Exif and XMP, and something behind the end."""
    body = (
        webp_chunk(b"VP8X", bytes([0x08 | 0x04, 0, 0, 0, 1, 0, 0, 1, 0, 0]))
        + WEBP[12:]
        + webp_chunk(b"EXIF", exif(orientation))
        + webp_chunk(b"XMP ", b"<x>SECRETCAM</x>")
    )
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body + SECRET


def large_pdf(size: int) -> bytes:
    """A document of this many bytes, no two stretches of it alike."""
    filling: list[bytes] = []
    block = b"seed"
    while len(filling) * 32 < size - 200:
        block = hashlib.sha256(block).digest()
        filling.append(block)
    head, end = b"%PDF-1.4\n%", b"\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    body = b"".join(filling).replace(b"\n", b"\0").replace(b"\r", b"\0")
    return head + body[: size - len(head) - len(end)].ljust(size - len(head) - len(end), b"\0") + end
