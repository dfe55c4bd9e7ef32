"""The service poster of the information desk: who may ask, when, what it costs, the way of a request, the promise."""

from gettext import gettext as _

from desk.dates import long_date
from desk.paper.flow import Row, Table, flow
from desk.paper.frame import PosterFrame, labelled
from desk.paper.marks import Block, Page, headline, paragraph, rule, space, stack
from desk.paper.records import ServicePoster
from desk.paper.sheets import Sheet
from desk.paper.text import NBSP, clean, faces

WIDEST = 25
"""Em of a line at the largest type: short enough to be read standing."""

NUMBER = 2.2
"""Em a step's number stands left of its text."""

SIGNATURE = 3.5
"""Em left white for the village head's signature."""


def service_pages(poster: ServicePoster, sheet: Sheet) -> tuple[Page, ...]:
    """The poster's sheets.

    Raises:
        DeskError: a part does not fit this size.
    """
    village = poster.village
    unknown = _("belum diisi")
    frame = PosterFrame(
        poster,
        sheet,
        title=_("ANDA BERHAK TAHU"),
        subtitle=_("Meja informasi (PPID)"),
        facts=(
            (_("Petugas PPID"), poster.ppid or unknown),
            (_("Alamat"), village.address or unknown),
            (_("Pengaduan"), village.complaints or village.address or unknown),
        ),
    )
    parts = _Parts(poster, frame.width)
    return flow(
        sheet,
        frame,
        parts.table,
        frame.width / WIDEST,
        lambda first: _("{count} bagian lagi").format(count=parts.count - first),
    )


class _Parts:
    """The parts of the poster at any type size."""

    def __init__(self, poster: ServicePoster, width: float) -> None:
        self._poster, self._width = poster, width
        self._steps = steps(poster)
        self.count = len(self._steps) + 2

    def table(self, size: float) -> Table:
        """The facts, the steps one by one, and the promise, with type of `size` points."""
        rows = [self._facts(size), *(self._step(i, text, size) for i, text in enumerate(self._steps, 1))]
        return Table(Block(0), (*(Row(row) for row in rows), Row(self._promise(size), ruled=False)))

    def _facts(self, size: float) -> Block:
        opening = [(one.days, one.hours) for one in self._poster.opening]
        facts = (
            (_("Siapa"), _("setiap warga negara dan badan hukum Indonesia")),
            *((_("Buka {days}").format(days=days), hours) for days, hours in opening or [("", _("belum diisi"))]),
            (_("Biaya"), _("tidak dipungut; fotokopi dan pengiriman dibayar pemohon")),
        )
        return _padded(labelled([(label.strip(), text) for label, text in facts], size, self._width), size)

    def _step(self, number: int, text: str, size: float) -> Block:
        face, indent = faces(), NUMBER * size
        body = paragraph(face.plain, size, text, self._width - indent)
        figure = headline(face.headline, 1.5 * size, str(number))
        height = max(body.height, figure.height)
        return _padded(Block(height, (*figure.at(0, 0), *body.at(indent, 0))), size)

    def _promise(self, size: float) -> Block:
        """The maklumat, with room for the signature of the village head."""
        village, face = self._poster.village, faces()
        place = clean(village.place)
        text = _(
            "Maklumat pelayanan: kami sanggup melayani permohonan informasi menurut waktu, cara dan biaya yang "
            "tertulis di sini, dan siap menerima keberatan bila kami tidak menepatinya."
        )
        signed = _("{place}, {day}").format(place=place, day=long_date(self._poster.printed_at.date()))
        name = clean(village.head_name) or _("nama belum diisi")
        return _padded(
            stack(
                (
                    paragraph(face.bold, size, text, self._width),
                    space(0.4 * size),
                    paragraph(face.plain, size, f"{signed}, {village.head_title}", self._width),
                    space(SIGNATURE * size),
                    rule(self._width / 3, 0.05 * size),
                    paragraph(face.plain, size, name, self._width),
                )
            ),
            size,
        )


def _padded(block: Block, size: float) -> Block:
    return Block(block.height + 0.6 * size, block.at(0, 0.3 * size))


def steps(poster: ServicePoster) -> list[str]:
    """The way of a request in five steps with their terms (UU 14/2008, articles 22, 35, 36 and 37)."""
    told = {name: _days(getattr(poster, name)) for name in ("answer", "extension", "objection", "superior", "dispute")}
    return [
        _("Datang, telepon atau berkirim surat. Sebutkan nama, alamat, informasi yang diminta, dan untuk apa."),
        _("Terima tanda bukti dengan nomor pendaftaran. Simpan baik-baik."),
        _("Jawaban tertulis paling lambat {answer}; dapat ditambah {extension} dengan alasan tertulis.").format(**told),
        _(
            "Ditolak, tidak dijawab, atau tidak puas? Ajukan keberatan kepada atasan PPID paling lambat {objection}; "
            "dijawab paling lambat {superior}."
        ).format(**told),
        _("Masih tidak puas? Ajukan sengketa ke Komisi Informasi paling lambat {dispute}.").format(**told),
    ]


def _days(count: int) -> str:
    """Working days, held on one line."""
    return _("{count} hari kerja").format(count=count).replace(" ", NBSP)
