"""Photos: read by content, turned upright, stripped of metadata, stored in widths; bad files are refused."""

import zlib
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from booking_core.catalog.errors import PhotoRefused
from booking_core.catalog.models import Photo
from booking_core.catalog.queries import location_by_slug, resource_by_slug
from booking_core.catalog.services import add_photo, delete_photo, describe_photo, reorder_photos
from booking_core.catalog.services.pictures import LARGEST_FILE_BYTES
from booking_core.kernel.errors import InvalidInput, NotFound
from tests.factories.catalogue import CLERK, make_location, make_room

ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825


def upload(width: int, height: int, kind: str = "JPEG", mode: str = "RGB", **options: object) -> BytesIO:
    out = BytesIO()
    Image.new(mode, (width, height), "teal").save(out, kind, **options)
    return BytesIO(out.getvalue())


def stored(name: str) -> Image.Image:
    with default_storage.open(name) as file:
        image = Image.open(BytesIO(file.read()))
        image.load()
        return image


def test_three_widths_as_webp() -> None:
    room = make_room()
    photo = add_photo(upload(2000, 1000), "  Der  Saal ", resource_id=room.id, actor=CLERK)
    assert [width for width, _ in photo.sources] == [480, 960, 1600]
    assert photo.url == f"/medien/photos/{photo.uuid}/1600.webp"
    assert (photo.width, photo.height, photo.alt) == (1600, 800, "Der Saal")
    for width in (480, 960, 1600):
        image = stored(f"photos/{photo.uuid}/{width}.webp")
        assert (image.format, image.size) == ("WEBP", (width, width // 2))
    assert resource_by_slug(room.slug).photos == (photo,)


@pytest.mark.parametrize(
    ("width", "widths"), [(300, [300]), (480, [480]), (1000, [480, 960]), (1600, [480, 960, 1600])]
)
def test_a_small_picture_is_not_blown_up(width: int, widths: list[int]) -> None:
    place = make_location()
    photo = add_photo(upload(width, 200), "Hof", location_id=place.id, actor=CLERK)
    assert [stored_width for stored_width, _ in photo.sources] == widths
    assert location_by_slug(place.slug).photos == (photo,)


def test_upright_and_without_metadata() -> None:
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = 6, "Kamera von Erika"  # 6: turn by 90°
    exif.get_ifd(GPS)[1] = "N"
    photo = add_photo(upload(600, 300, exif=exif), "Hof", location_id=make_location().id, actor=CLERK)
    image = stored(f"photos/{photo.uuid}/{photo.width}.webp")
    assert image.height > image.width
    assert dict(image.getexif()) == {}
    assert b"Erika" not in default_storage.open(f"photos/{photo.uuid}/{photo.width}.webp").read()


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("WEBP", "RGB"), ("JPEG", "CMYK")]
)
def test_kinds_of_pictures(kind: str, mode: str) -> None:
    color = "teal" if mode in {"RGB", "RGBA"} else 0
    out = BytesIO()
    Image.new(mode, (500, 400), color).save(out, kind)
    assert add_photo(BytesIO(out.getvalue()), "Hof", location_id=make_location().id, actor=CLERK).width == 480


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG whose header promises a huge picture: refused before anything is unpacked."""
    header = b"IHDR" + width.to_bytes(4) + height.to_bytes(4) + bytes([8, 2, 0, 0, 0])
    data = b"IDAT" + zlib.compress(b"")
    end = b"IEND"
    chunks = b"".join(
        (len(chunk) - 4).to_bytes(4) + chunk + zlib.crc32(chunk).to_bytes(4) for chunk in (header, data, end)
    )
    return b"\x89PNG\r\n\x1a\n" + chunks


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(b"<svg onload='alert(1)'/>", "kein Bild", id="not a picture, whatever its name"),
        pytest.param(b"", "kein Bild", id="empty"),
        pytest.param(upload(500, 400).getvalue()[:400], "kein Bild", id="cut off"),
        pytest.param(upload(500, 400, "GIF").getvalue(), "kein Bild", id="an animation format"),
        pytest.param(b"\0" * (LARGEST_FILE_BYTES + 1), "15 MB", id="too large a file"),
        pytest.param(png_that_claims(8000, 5001), "40 Megapixel", id="too many pixels"),
        pytest.param(png_that_claims(60000, 60000), "40 Megapixel", id="a decompression bomb"),
    ],
)
def test_files_that_are_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(PhotoRefused, match=sentence) as refused:
        add_photo(BytesIO(content), "Hof", location_id=make_location().id, actor=CLERK)
    assert refused.value.field == "photo"
    assert Photo.objects.count() == 0


@pytest.mark.parametrize("alt", ["", "   ", "x" * 301], ids=["none", "blank", "too long"])
def test_no_picture_without_words(alt: str) -> None:
    place = make_location()
    with pytest.raises(InvalidInput):
        add_photo(upload(500, 400), alt, location_id=place.id, actor=CLERK)
    photo = add_photo(upload(500, 400), "Hof", location_id=place.id, actor=CLERK)
    with pytest.raises(InvalidInput):
        describe_photo(photo.uuid, alt, actor=CLERK)


def test_order_words_and_deletion(django_capture_on_commit_callbacks: object) -> None:
    room = make_room()
    first, second = (add_photo(upload(500, 400), alt, resource_id=room.id, actor=CLERK) for alt in ("A", "B"))
    reorder_photos([second.uuid, first.uuid], resource_id=room.id, actor=CLERK)
    describe_photo(first.uuid, "C", actor=CLERK)
    assert [photo.alt for photo in resource_by_slug(room.slug).photos] == ["B", "C"]
    with pytest.raises(InvalidInput):
        reorder_photos([first.uuid], resource_id=room.id, actor=CLERK)
    name = f"photos/{first.uuid}/480.webp"
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a fixture of pytest-django
        delete_photo(first.uuid, actor=CLERK)
        assert default_storage.exists(name), "the file goes when the transaction is through, not before"
    assert not default_storage.exists(name)
    with pytest.raises(NotFound):
        delete_photo(first.uuid, actor=CLERK)


def test_a_photo_shows_one_thing_that_exists() -> None:
    room = make_room()
    for owner in ({}, {"resource_id": room.id, "location_id": room.location.id}):
        with pytest.raises(InvalidInput):
            add_photo(upload(500, 400), "Hof", actor=CLERK, **owner)
    with pytest.raises(NotFound):
        add_photo(upload(500, 400), "Hof", resource_id=999_999, actor=CLERK)
    with pytest.raises(NotFound):
        describe_photo(uuid4(), "Hof", actor=CLERK)
