"""A picture re-encoded from its pixels alone: neither place, time nor camera, nor what else was written beside it."""

import io
from contextlib import suppress
from pathlib import Path

from PIL import (
    Image,
    ImageCms,
    ImageOps,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)
from pillow_heif import register_heif_opener

from inbox.files.errors import TooManyPixels
from inbox.files.kinds import Kind
from inbox.files.pictures.cost import MOST_POINTS
from inbox.files.pictures.sandbox import Result

LONGEST_SIDE = 640
"""Of a preview."""
FORMATS = {Kind.JPEG: "JPEG", Kind.PNG: "PNG", Kind.WEBP: "WEBP", Kind.HEIC: "HEIF"}
_QUALITIES = (90, 75)
_SRGB = ImageCms.createProfile("sRGB")


DECODERS = (JpegImagePlugin, MpoImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin)
"""What the library would read in when it first needs it: too late, once the process is shut in."""


def load_decoders() -> None:
    """Have all there that a picture may need."""
    Image.preinit()
    register_heif_opener(thumbnails=False)


def made_anew(kind: Kind, desk: Path) -> Result:
    """From `arrived` to `made` and `preview` on the desk. Raises TooManyPixels, or whatever a decoder stumbles over."""
    arrived = desk / "arrived"
    # Our own limit is asked below, with a refusal of its own; the library's would be in the way.
    Image.MAX_IMAGE_PIXELS = None
    load_decoders()
    with Image.open(arrived, formats=[FORMATS[kind]]) as opened:
        if opened.width * opened.height > MOST_POINTS:
            raise TooManyPixels
        picture = _points_of(opened)
    # Browsers do not draw HEIC.
    become = Kind.JPEG if kind is Kind.HEIC else kind
    (desk / "made").write_bytes(_written(picture, become, arrived.stat().st_size))
    width, height = draw_preview(picture, desk / "preview")
    return Result(become, preview=True, width=width, height=height)


def draw_preview(picture: Image.Image, target: Path) -> tuple[int, int]:
    """A small copy of the picture; its width and height."""
    small = picture.copy()
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if small.mode not in {"RGB", "RGBA"}:
        small = small.convert("RGBA" if "transparency" in small.info or small.mode in {"LA", "PA"} else "RGB")
    small.save(target, "WEBP", quality=75, method=4)
    return small.size


def _points_of(opened: Image.Image) -> Image.Image:
    """The points, the right way up, in the colours that every screen knows; and nothing else."""
    opened.load()
    picture = ImageOps.exif_transpose(opened)
    profile = opened.info.get("icc_profile")
    if profile and picture.mode in {"RGB", "RGBA", "CMYK", "L"}:
        # A profile says whose screen or camera it was: the colours are told in points instead.
        with suppress(ImageCms.PyCMSError, OSError):
            mode = "RGBA" if picture.mode == "RGBA" else "RGB"
            picture = (
                ImageCms.profileToProfile(
                    picture, ImageCms.ImageCmsProfile(io.BytesIO(profile)), _SRGB, outputMode=mode
                )
                or picture
            )
    bare = picture.copy()
    # What of a picture with few colours is seen through stands there too.
    bare.info = {name: value for name, value in picture.info.items() if name == "transparency"}
    return bare


def _written(picture: Image.Image, kind: Kind, arrived: int) -> bytes:
    """The file. A little less good where it would become larger than what came."""
    content = b""
    for quality in _QUALITIES:
        target = io.BytesIO()
        match kind:
            case Kind.PNG:
                picture.save(target, "PNG")
                return target.getvalue()
            case Kind.WEBP:
                picture.save(target, "WEBP", quality=quality, method=4)
            case _:
                _for_jpeg(picture).save(target, "JPEG", quality=quality, optimize=True)
        content = target.getvalue()
        if len(content) <= arrived:
            break
    return content


def _for_jpeg(picture: Image.Image) -> Image.Image:
    return picture if picture.mode in {"L", "RGB"} else picture.convert("RGB")
