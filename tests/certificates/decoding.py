"""What a camera reads off a picture."""

import io

import zxingcpp
from PIL import Image

QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def codes_in(png: bytes) -> list[str]:
    """The words of each QR code in a picture."""
    with Image.open(io.BytesIO(png)) as picture:
        return [found.text for found in zxingcpp.read_barcodes(picture, QR)]
