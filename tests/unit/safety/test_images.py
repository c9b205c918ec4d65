"""Pictures come in within bounds, the right way up, and without what they say of their maker."""

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms, PngImagePlugin

from briefpack.errors import UserError
from briefpack.safety.images import PLAIN_DPI, adopt_image, inspect_image

CANARY = "Priscilla Canary"


def _file(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def _noise(mode="RGB"):
    return Image.effect_noise((60, 40), 80).convert(mode)


def _exif(orientation=1):
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = CANARY
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)
    return exif


def test_tells_what_a_picture_is():
    found = inspect_image(_file(_noise(), "PNG", dpi=(300, 300)), "a.png")
    assert (found.format, found.width, found.height, round(found.dpi)) == ("png", 60, 40, 300)
    found = inspect_image(_file(_noise(), "JPEG"), "a.jpg")
    assert (found.format, found.dpi) == ("jpg", PLAIN_DPI)


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "WEBP", "ICO"])
def test_other_formats_are_refused(kind):
    for call in (inspect_image, adopt_image):
        with pytest.raises(UserError, match="PNG or JPEG"):
            call(_file(_noise(), kind), "a")


@pytest.mark.parametrize(
    "data", [b"", b"words", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG\r\n\x1a\n" + bytes(40)]
)
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(UserError):
        inspect_image(data, "a")


def _png_claiming(width, height):
    header = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""))
    body = b"".join(struct.pack(">L", len(c)) + n + c + struct.pack(">L", zlib.crc32(n + c)) for n, c in chunks)
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("side", [7_100, 12_000, 20_000])
def test_pictures_of_too_many_pixels_are_refused_by_their_header(side):
    for call in (inspect_image, adopt_image):
        with pytest.raises(UserError, match="50 million pixels"):
            call(_png_claiming(side, side), "a.png")
    assert inspect_image(_png_claiming(7_000, 7_000), "a.png").width == 7_000


def test_a_picture_that_is_cut_off_is_refused():
    for kind in ("PNG", "JPEG"):
        whole = _file(_noise(), kind)
        with pytest.raises(UserError):
            adopt_image(whole[: len(whole) * 2 // 3], "a")


def test_what_a_picture_says_of_its_maker_is_gone():
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", CANARY)
    info.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{CANARY}</x:xmpmeta>")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    named = [
        _file(_noise(), "PNG", pnginfo=info, exif=_exif(), icc_profile=profile),
        _file(_noise(), "JPEG", comment=CANARY.encode(), exif=_exif(), icc_profile=profile),
        _file(_noise(), "JPEG", comment=CANARY.encode(), exif=_exif(), xmp=CANARY.encode()),
        _file(_noise("CMYK"), "JPEG", comment=CANARY.encode(), exif=_exif()),
    ]
    for data in named:
        assert CANARY.encode() in data  # the control
        adopted, extension = adopt_image(data, "a")
        assert CANARY.encode() not in adopted
        assert b"Exif" not in adopted
        assert b"eXIf" not in adopted
        with Image.open(io.BytesIO(adopted)) as image:
            assert set(image.info) <= {"dpi", "jfif", "jfif_version", "jfif_unit", "jfif_density"}
            assert image.size == (60, 40)
        assert inspect_image(adopted, "a").format == extension


def test_a_picture_that_lies_on_its_side_is_put_upright():
    plain = Image.new("RGB", (60, 40), "white")
    plain.paste("red", (0, 0, 20, 20))
    for kind, extension in (("JPEG", "jpg"), ("PNG", "png")):
        adopted, found = adopt_image(_file(plain, kind, exif=_exif(6)), "a")
        assert found == extension
        with Image.open(io.BytesIO(adopted)) as image:
            assert image.size == (40, 60)
            assert image.convert("RGB").getpixel((30, 10))[1] < 80  # red at the top right
            assert image.getexif() == {}


def test_an_upright_jpeg_loses_nothing_to_be_seen_and_keeps_its_size_in_print():
    slope = Image.merge("RGB", (Image.linear_gradient("L"), Image.radial_gradient("L"), Image.linear_gradient("L")))
    data = _file(slope, "JPEG", quality=70, dpi=(200, 200), comment=CANARY.encode())
    adopted, _ = adopt_image(data, "a")
    before, after = Image.open(io.BytesIO(data)), Image.open(io.BytesIO(adopted))
    assert max(high for _, high in ImageChops.difference(before, after).getextrema()) <= 4
    assert after.quantization == before.quantization
    assert round(inspect_image(adopted, "a").dpi) == 200


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_png_modes_keep_their_pixels(mode):
    image = Image.new(mode, (5, 4)) if mode == "I;16" else _noise("L").convert(mode)
    adopted, _ = adopt_image(_file(image, "PNG"), "a")
    with Image.open(io.BytesIO(adopted)) as found:
        assert found.convert("RGBA").tobytes() == image.convert("RGBA").tobytes()


_SOUND = [_file(_noise(), "PNG"), _file(_noise(), "JPEG", exif=_exif(3))]


@given(st.sampled_from(_SOUND), st.data())
def test_only_user_errors_escape(data, draw):
    broken = bytearray(data)
    for _ in range(draw.draw(st.integers(1, 8))):
        broken[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    try:
        adopted, extension = adopt_image(bytes(broken), "a")
    except UserError:
        return
    assert inspect_image(adopted, "a").format == extension
