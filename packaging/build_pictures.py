"""Draw ``resources/pictures/person.png``, the neutral figure that stands where a biography has no photograph.

Run it after a change here: ``python packaging/build_pictures.py``. Drawn at four times its size and scaled down.
"""

from pathlib import Path

from PIL import Image, ImageDraw

TARGET = Path(__file__).resolve().parents[1] / "resources" / "pictures" / "person.png"
WIDTH, HEIGHT, SCALE = 320, 400, 4
GROUND, FIGURE = "#E9EEF3", "#AEBAC5"


def person() -> Image.Image:
    """Head and shoulders in one colour on a pale ground, 4 to 5."""
    picture = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), GROUND)
    pen = ImageDraw.Draw(picture)
    middle, unit = WIDTH * SCALE // 2, WIDTH * SCALE / 100
    pen.ellipse((middle - 19 * unit, 24 * unit, middle + 19 * unit, 70 * unit), fill=FIGURE)
    pen.rounded_rectangle(
        (middle - 37 * unit, 80 * unit, middle + 37 * unit, 150 * unit), radius=30 * unit, fill=FIGURE
    )
    return picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).quantize(16)


def main() -> None:
    """Draw the picture and save it without metadata."""
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    person().save(TARGET, optimize=True)
    print(TARGET)


if __name__ == "__main__":
    main()
