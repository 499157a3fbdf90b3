"""Sending stored files: what a browser can show opens in place in a sandbox, the rest is a download."""

import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import IO, Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from accredit.files import queries as files
from accredit.files.models import Blob
from accredit.toolkit.richtext import plain

CHUNK = 256 * 1024
MOST_MAIL = 10 * 1024 * 1024
FRAMED = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
SANDBOX = f"{FRAMED}; img-src 'self'; media-src 'self'; sandbox"
# Browsers refuse to show a PDF in a sandboxed document; their viewers keep its scripts apart.
PDF = f"{FRAMED}; object-src 'self'"
# What long headers may come to. Reading one takes a time that grows with the square of its length: for 10 MB,
# hours.
LONG_HEADER, MOST_IN_LONG = 1024, 64 * 1024
_header = re.compile(rb"^[!-9;-~]{1,100}:[^\n]*(?:\n[ \t][^\n]*)*", re.MULTILINE)
_range = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class _Stretch:
    """A stretch of an open file, read in chunks and closed with the response."""

    def __init__(self, file: IO[bytes], start: int, length: int) -> None:
        self.file, self.left = file, length
        file.seek(start)

    def __iter__(self) -> Iterator[bytes]:
        while self.left > 0 and (chunk := self.file.read(min(CHUNK, self.left))):
            self.left -= len(chunk)
            yield chunk

    def close(self) -> None:
        """Give the file back."""
        self.file.close()


def send(request: HttpRequest, blob: Blob, name: str, captions: Blob | None = None) -> HttpResponseBase:
    """Answer with a file whose reader has been checked before. `?download` asks for an attachment.

    Mail files are shown as text. One stretch may be asked for, so that sound and film can be wound;
    `?captions` asks for the words that go with them.
    """
    if "captions" in request.GET:
        if captions is None:
            raise Http404
        return _captions(captions, as_words=request.GET["captions"] == "words")
    media_type = files.media_type_of(blob, name)
    is_wanted_whole = "download" in request.GET
    if media_type == "message/rfc822" and not is_wanted_whole:
        return _guarded(HttpResponse(_mail(blob), content_type="text/plain; charset=utf-8"), SANDBOX)
    in_place = files.is_shown_in_place(media_type) and not is_wanted_whole
    response = _stream(
        request, blob, f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
    )
    header = content_disposition_header(not in_place, name)
    if header:
        response["Content-Disposition"] = header
    return _guarded(response, PDF if media_type == "application/pdf" else SANDBOX)


def attach(request: HttpRequest, blob: Blob, name: str, media_type: str) -> HttpResponseBase:
    """Answer with a file as a download, never in place; its reader has been checked before."""
    response = _stream(request, blob, media_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return _guarded(response, SANDBOX)


def download(content: bytes, name: str, media_type: str) -> HttpResponse:
    """Answer with a file made just now, as a download, never in place."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    _guarded(response, SANDBOX)
    return response


def _captions(captions: Blob, *, as_words: bool) -> HttpResponseBase:
    with _opened(captions) as file:
        text = file.read().decode("utf-8", "replace")
    kind, told = ("plain", files.words_of_captions(text)) if as_words else ("vtt", text)
    return _guarded(HttpResponse(told, content_type=f"text/{kind}; charset=utf-8"), SANDBOX)


def _stream(request: HttpRequest, blob: Blob, content_type: str) -> StreamingHttpResponse | HttpResponse:
    mark = f'"{blob.sha256}"'
    # A stretch of what a player had before would not fit to what is here now.
    is_same = request.headers.get("If-Range", mark) == mark
    asked = _asked(request.headers.get("Range", "") if is_same else "", blob.size)
    if asked is None:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{blob.size}"})
    start, end = asked
    is_part = (start, end) != (0, blob.size - 1)
    stretch: Any = _Stretch(_opened(blob), start, end - start + 1)
    response = StreamingHttpResponse(stretch, status=206 if is_part else 200, content_type=content_type)
    response["Content-Length"] = str(end - start + 1)
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = mark
    if is_part:
        response["Content-Range"] = f"bytes {start}-{end}/{blob.size}"
    return response


def _asked(header: str, size: int) -> tuple[int, int] | None:
    """Return the first and last byte wanted: all unless one stretch is asked for, None where impossible."""
    found = _range.fullmatch(header.strip())
    if found is None or not (found[1] or found[2]):
        return 0, size - 1
    if not found[1]:
        # The last bytes: of none of them there is no stretch.
        return (max(0, size - int(found[2])), size - 1) if int(found[2]) else None
    start, end = int(found[1]), min(int(found[2] or size - 1), size - 1)
    return (start, end) if start <= end else None


def _opened(blob: Blob) -> Any:
    try:
        return files.read(blob)
    except FileNotFoundError as lost:
        raise Http404(str(lost)) from lost


def _guarded(
    response: HttpResponse | StreamingHttpResponse, rules: str
) -> HttpResponse | StreamingHttpResponse:
    response["Content-Security-Policy"] = rules
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _mail(blob: Blob) -> str:
    with _opened(blob) as file:
        raw: bytes = file.read(MOST_MAIL)
    if not _is_quickly_read(raw):
        return raw.decode("utf-8", "replace")
    try:
        message = BytesParser(policy=policy.default).parsebytes(raw)
        return _mail_text(message)
    except (LookupError, ValueError, AttributeError, TypeError, RecursionError):
        # Headers, charsets and layers of real mail are often broken; the raw words are better than none.
        return raw.decode("utf-8", "replace")


def _is_quickly_read(raw: bytes) -> bool:
    lines = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    lengths = (len(found[0]) for found in _header.finditer(lines))
    return sum(each for each in lengths if each > LONG_HEADER) <= MOST_IN_LONG


def _mail_text(message: EmailMessage | Any) -> str:
    lines = [f"{name}: {message[name]}" for name in ("From", "To", "Cc", "Date", "Subject") if message[name]]
    body = message.get_body(preferencelist=("plain", "html"))
    text = str(body.get_content()) if body is not None else ""
    if body is not None and body.get_content_type() == "text/html":
        text = plain(text)
    names = [str(part.get_filename() or part.get_content_type()) for part in message.iter_attachments()]
    attached = [_("Attached: %(names)s") % {"names": ", ".join(names)}] if names else []
    return "\n".join([*lines, *attached, "", text])
