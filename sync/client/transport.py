"""One message to the district and its answer back, over a line that may do anything."""

import base64
import ipaddress
import time
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, MaxRetryError

from desk.store import DeskError
from sync import wire

CONNECT_SECONDS = 10
READ_SECONDS = 30
WHOLE_SECONDS = 120
"""For one message and its answer; `requests` itself knows no end for a body that drips."""
TRIES = 3
"""For one piece of a message."""
MOST_ANSWER = 1024 * 1024


class LineError(DeskError):
    """Nothing was lost and everything waits; the sentence says what stands in the way."""

    def __init__(self, sentence: str, *, cut: bool = False) -> None:
        super().__init__(sentence)
        self.cut = cut
        """Whether the line broke while something went over it."""


@dataclass
class Counted:
    """What went over the line so far."""

    requests: int = 0
    bytes_up: int = 0
    bytes_down: int = 0


def checked(url: str) -> str:
    """The address of a district as it is used: https, or plain http to this very PC.

    Raises:
        LineError: another kind of address.
    """
    parts = urlsplit(url.strip().rstrip("/"))
    if not parts.hostname or parts.username or parts.query or parts.fragment:
        raise LineError(_("Alamat kabupaten ditulis seperti https://desa.contohkab.go.id."))
    if parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname)):
        return parts.geturl()
    raise LineError(_("Alamat kabupaten harus dimulai dengan https:// supaya data desa tidak terbaca di jalan."))


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Line:
    """A line to one district; kept open between messages."""

    def __init__(self, url: str, token: str = "") -> None:
        self._url = checked(url)
        self.counted = Counted()
        self._session = requests.Session()
        # A proxy or a .netrc of the PC would see or replace our token.
        self._session.trust_env = False
        self._session.headers.clear()
        self._session.headers.update({"Accept-Encoding": "identity", "Content-Type": wire.MEDIA_TYPE})
        if token:
            self._session.headers["Authorization"] = f"Bearer {token}"
        adapter = HTTPAdapter(max_retries=0, pool_connections=1, pool_maxsize=2)
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)

    def close(self) -> None:
        """Hang up."""
        self._session.close()

    def say(self, verb: str, message: dict[str, Any]) -> dict[str, Any]:
        """Send a message to a verb and read its answer.

        Raises:
            LineError: whatever the line, the server or something in between did instead.
        """
        return self._call("POST", verb, wire.pack(message))

    def say_in_pieces(self, message: dict[str, Any]) -> dict[str, Any]:
        """A round over a line that carries no whole message: piece by piece, each again where the line cuts it.

        The answer to the last piece is the answer to the message.

        Raises:
            LineError: one piece was cut `TRIES` times, or what `say` raises.
        """
        body = wire.pack(message)
        parts = [body[i : i + wire.PIECE] for i in range(0, len(body), wire.PIECE)]
        answer: dict[str, Any] = {}
        for n, part in enumerate(parts):
            told = {"digest": wire.digest(body), "n": n, "of": len(parts), "part": base64.b64encode(part).decode()}
            answer = self._insist("piece", told)
        return answer

    def _insist(self, verb: str, message: dict[str, Any]) -> dict[str, Any]:
        for _try in range(TRIES - 1):
            try:
                return self.say(verb, message)
            except LineError as error:
                if not error.cut:
                    raise
        return self.say(verb, message)

    def look(self, verb: str) -> dict[str, Any]:
        """Ask a verb that changes nothing; the same answers and errors as `say`."""
        return self._call("GET", verb, None)

    def _call(self, method: str, verb: str, body: bytes | None) -> dict[str, Any]:
        self.counted.requests += 1
        self.counted.bytes_up += len(body or b"")
        try:
            answer = self._session.request(
                method, f"{self._url}/v1/{verb}", data=body, stream=True, allow_redirects=False,
                timeout=(CONNECT_SECONDS, READ_SECONDS),
            )  # fmt: skip
            with answer:
                came = self._read(answer)
        except (requests.RequestException, HTTPError, OSError) as error:
            raise LineError(_sentence(error), cut=_is_cut(error)) from error
        return self._judge(answer, came)

    def _read(self, answer: requests.Response) -> bytes:
        ends, came = time.monotonic() + WHOLE_SECONDS, b""
        # read1 comes back with what is there: waiting for a full chunk would hide a line that drips.
        while chunk := answer.raw.read1(16 * 1024):
            came += chunk
            if len(came) > MOST_ANSWER:
                raise LineError(_("Jawaban kabupaten terlalu besar. Semua catatan tetap menunggu."))
            if time.monotonic() > ends:
                raise LineError(_REFUSALS["slow"], cut=True)
        self.counted.bytes_down += len(came)
        return came

    def _judge(self, answer: requests.Response, came: bytes) -> dict[str, Any]:
        kind = answer.headers.get("Content-Type", "")
        if kind != wire.MEDIA_TYPE:
            # A head cut on its way reads like a shorter one.
            if answer.status_code == 200 and wire.MEDIA_TYPE.startswith(kind):
                raise LineError(_CUT, cut=True)
            raise LineError(_foreign(answer))
        if answer.headers.get("Content-Digest") != wire.digest(came):
            raise LineError(_CUT, cut=True)
        try:
            message = wire.unpack(came)
        except wire.WireError as error:
            raise LineError(_("Jawaban kabupaten tidak terbaca. Semua catatan tetap menunggu.")) from error
        if answer.status_code != 200:
            raise LineError(_REFUSALS.get(str(message.get("error")), _SERVER_TROUBLE))
        return message


_CUT = _("Jawaban kabupaten terpotong di jalan. Semua catatan tetap menunggu.")
_SERVER_TROUBLE = _("Server kabupaten sedang bermasalah. Semua catatan tetap menunggu, nanti dicoba lagi.")
_REFUSALS = {
    "code": _("Kode itu salah, sudah dipakai, atau sudah lewat waktunya. Minta kode baru ke kabupaten."),
    "second_pc": _("Desa ini sudah tersambung dari komputer lain. Komputer kedua belum dapat disambungkan."),
    "other_village": _("Kode ini untuk desa lain. Minta kode untuk desa ini ke kabupaten."),
    "slow_down": _("Terlalu banyak kode yang salah. Tunggu satu menit, lalu coba lagi."),
    "token": _("Kabupaten sudah mencabut hak komputer ini. Minta kode baru ke kabupaten."),
    "message": _("Kabupaten tidak mengenali kiriman ini. Perbarui Meja Desa; semua catatan tetap menunggu."),
    "size": _("Kiriman terlalu besar untuk kabupaten. Semua catatan tetap menunggu."),
    "slow": _("Sambungan terlalu lambat. Semua catatan tetap menunggu, nanti dicoba lagi."),
}


def _foreign(answer: requests.Response) -> str:
    """The sentence for an answer that no district server gave."""
    if 300 <= answer.status_code < 400:
        return _("Alamat kabupaten dialihkan ke tempat lain dan tidak diikuti. Periksa alamatnya ke kabupaten.")
    if answer.status_code == 407:
        return _("Jaringan ini meminta kata sandi proxy. Semua catatan tetap menunggu; hubungi pengelola jaringan.")
    if answer.status_code >= 500:
        return _SERVER_TROUBLE
    if answer.status_code == 404:
        return _("Alamat itu bukan server Meja Desa. Periksa alamatnya ke kabupaten.")
    return _("Jaringan ini meminta masuk dulu (login). Buka peramban, masuk, lalu tekan Kirim lagi.")


def _is_cut(error: Exception) -> bool:
    """Whether a connection stood and broke; False where none came about."""
    return not isinstance(error, requests.ConnectTimeout | requests.exceptions.SSLError) and not (
        error.args and isinstance(error.args[0], MaxRetryError)
    )


def _sentence(error: Exception) -> str:
    if isinstance(error, requests.exceptions.SSLError):
        return _("Sertifikat kabupaten tidak cocok. Periksa dulu tanggal komputer ini; semua catatan tetap menunggu.")
    if isinstance(error, requests.exceptions.ProxyError):
        return _("Proxy jaringan menolak. Semua catatan tetap menunggu; hubungi pengelola jaringan.")
    if isinstance(error, requests.exceptions.Timeout):
        return _("Kabupaten tidak menjawab. Semua catatan tetap menunggu, nanti dicoba lagi.")
    if not isinstance(error, requests.RequestException):
        return _("Sambungan putus di tengah jawaban. Semua catatan tetap menunggu.")
    return _("Tidak ada sambungan ke kabupaten. Semua catatan tetap menunggu.")
