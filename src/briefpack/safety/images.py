"""Pictures from outside: PNG and JPEG only, of a bounded size, taken in without what they say of their maker."""

import math
import warnings
from io import BytesIO
from pathlib import Path
from typing import Literal

from msgspec import Struct
from PIL import Image, ImageCms, ImageOps

from briefpack.errors import UserError

MOST_PIXELS = 50_000_000
"""More pixels than this are refused: an A3 page at 600 dots an inch has 70 million, one at 400 has 31."""

PLAIN_DPI = 96.0
"""The dots per inch of a picture that states none."""

warnings.filterwarnings("error", category=Image.DecompressionBombWarning)

Format = Literal["png", "jpg"]


class ImageInfo(Struct, frozen=True):
    """What a picture is: its format, its size in pixels, and how many of them make an inch."""

    format: Format
    width: int
    height: int
    dpi: float = PLAIN_DPI


def inspect_image(data: bytes, where: str | Path) -> ImageInfo:
    """What a picture is, from its header alone. UserError where it is not a PNG or JPEG of bounded size."""
    image = _opened(data, where)
    return ImageInfo(_format(image), image.width, image.height, _dpi(image))


def adopt_image(data: bytes, where: str | Path) -> tuple[bytes, str]:
    """A picture as it may go into a pack: its pixels the right way up, and nothing else of the file.

    Camera, place, author, comments, thumbnails and colour profiles are gone, colours being those of sRGB; the size in
    print is kept. A JPEG that is upright and plain is encoded with its own tables, so that it
    loses nothing that can be seen.

    Returns:
        The new file's bytes, and its extension, ``png`` or ``jpg``.
    """
    image = _opened(data, where)
    try:
        return _adopted(image)
    except Exception as error:  # a hostile picture can make a decoder raise anything
        raise _unreadable(where) from error


def _opened(data: bytes, where: str | Path) -> Image.Image:
    try:
        image = Image.open(BytesIO(data), formats=("PNG", "JPEG"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels(where) from error
    except Exception as error:  # see adopt_image
        raise _unreadable(where) from error
    if image.width * image.height > MOST_PIXELS:
        raise _too_many_pixels(where)
    return image


def _adopted(image: Image.Image) -> tuple[bytes, Format]:
    image.load()
    made, dpi = _format(image), _dpi(image)
    orientation = image.getexif().get(0x0112, 1)
    profile = image.info.get("icc_profile")
    allowed = {"L", "RGB"} if made == "jpg" else {"1", "L", "LA", "P", "RGB", "RGBA", "I;16"}
    untouched = image.format == "JPEG" and orientation == 1 and not profile and image.mode in allowed
    if not untouched:
        image = _in_srgb(ImageOps.exif_transpose(image), profile)
        if image.mode not in allowed:
            image = image.convert("RGB" if made == "jpg" or image.mode != "PA" else "RGBA")
    transparency = image.info.get("transparency")
    image.info = {} if transparency is None or made == "jpg" else {"transparency": transparency}
    out = BytesIO()
    if made == "png":
        image.save(out, "PNG", dpi=(dpi, dpi))
    elif untouched:
        image.save(out, "JPEG", quality="keep", dpi=(dpi, dpi))
    else:
        image.save(out, "JPEG", quality=92, dpi=(dpi, dpi))
    return out.getvalue(), made


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """A picture's colours as a screen shows them without its profile; as they are where the profile is unusable."""
    if not profile or image.mode not in {"RGB", "RGBA", "CMYK"}:
        return image
    mode = "RGB" if image.mode == "CMYK" else image.mode
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        changed = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return changed or image


def _format(image: Image.Image) -> Format:
    return "png" if image.format == "PNG" else "jpg"


def _dpi(image: Image.Image) -> float:
    try:
        stated = float(image.info.get("dpi", (0, 0))[0])
    except (TypeError, ValueError, ZeroDivisionError, IndexError):
        return PLAIN_DPI
    return stated if math.isfinite(stated) and 10 <= stated <= 10_000 else PLAIN_DPI


def _unreadable(where: str | Path) -> UserError:
    return UserError("This is not a readable PNG or JPEG picture", where=where, do="Save the picture as PNG or JPEG")


def _too_many_pixels(where: str | Path) -> UserError:
    return UserError(
        f"This picture has more than {MOST_PIXELS // 1_000_000} million pixels",
        where=where,
        do="Make it smaller and try again",
    )
