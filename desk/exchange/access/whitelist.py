"""What is read of Siskeudes: these tables and columns by name, and never users, banks or persons.

The structure of V1.2 (2015) was seen in a real file; what later versions added is told in public issue threads and was
not seen in a file. Columns that are known and left are those of persons, banks and copies; any other is unknown, and
the person is told of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Taken:
    """The columns that are read of a table, and those that are known and left where they are."""

    read: tuple[str, ...]
    needed: frozenset[str]
    """Without one of these the table says nothing."""
    left: frozenset[str]


def _taken(needed: str, optional: str = "", left: str = "") -> Taken:
    return Taken((*needed.split(), *optional.split()), frozenset(needed.split()), frozenset(left.casefold().split()))


_LINE = "Tahun Kd_Desa Kd_Keg Kd_Rincian No_Urut Uraian Anggaran"
_LINE_MORE = "Kd_SubRinci SumberDana Satuan JmlSatuan HrgSatuan JmlSatuanPAK HrgSatuanPAK AnggaranStlhPAK AnggaranPAK"

TABLES: Mapping[str, Taken] = MappingProxyType(
    {
        "Ref_Version": _taken("Versi", "", "Tgl_Rilis"),
        "Ref_Kecamatan": _taken("Kd_Kec Nama_Kecamatan"),
        "Ref_Desa": _taken("Kd_Desa Nama_Desa", "Kd_Kec"),
        "Ref_Rek1": _taken("Akun Nama_Akun", "", "NoLap"),
        "Ref_Rek2": _taken("Kelompok Nama_Kelompok", "", "Akun"),
        "Ref_Rek3": _taken("Jenis Nama_Jenis", "", "Kelompok Formula"),
        "Ref_Rek4": _taken("Obyek Nama_Obyek", "", "Jenis Peraturan"),
        "Ref_Bidang": _taken("Kd_Bid Nama_Bidang"),
        "Ref_Kegiatan": _taken("ID_Keg Nama_Kegiatan", "", "Kd_Bid Kd_Sub Jns_Kegiatan"),
        "Ref_Sumber": _taken("Kode Nama_Sumber", "", "Urut"),
        "Ta_Pemda": _taken(
            "Tahun Kd_Prov Kd_Kab",
            "",
            "Nama_Pemda Nama_Provinsi Ibukota Alamat Nm_Bupati Jbt_Bupati Logo C_Kode C_Pemda C_Data",
        ),
        "Ta_Desa": _taken(
            "Tahun Kd_Desa",
            "No_Perdes Tgl_Perdes No_Perdes_PB Tgl_Perdes_PB",
            "Nm_Kades Jbt_Kades Nm_Sekdes NIP_Sekdes Jbt_Sekdes Nm_Kaur_Keu Jbt_Kaur_Keu Nm_Bendahara Jbt_Bendahara"
            " No_Perdes_PJ Tgl_Perdes_PJ Alamat Ibukota Status NPWP",
        ),
        "Ta_Bidang": _taken("Tahun Kd_Desa Kd_Bid Nama_Bidang"),
        "Ta_Kegiatan": _taken(
            "Tahun Kd_Desa Kd_Keg Nama_Kegiatan",
            "ID_Keg",
            "Kd_Bid Kd_Sub Pagu Pagu_PAK Nm_PPTKD NIP_PPTKD Jbt_PPTKD Lokasi Waktu Keluaran Sumberdana Nilai NilaiPAK"
            " Satuan",
        ),
        "Ta_RAB": _taken("Tahun Kd_Desa Kd_Keg Kd_Rincian Anggaran", "AnggaranPAK AnggaranStlhPAK", "Kd_SubRinci"),
        "Ta_RABSub": _taken(
            "Tahun Kd_Desa Kd_Keg Kd_Rincian Kd_SubRinci Nama_SubRinci", "", "Anggaran AnggaranPAK AnggaranStlhPAK"
        ),
        "Ta_RABRinci": _taken(_LINE, _LINE_MORE, "Kode_SBU"),
        "Ta_Anggaran": _taken(
            "KdPosting Tahun Kd_Desa Kd_Keg KD_Rincian Anggaran",
            "SumberDana AnggaranPAK AnggaranStlhPAK TglPosting",
            "KURincianSD RincianSD Belanja Kd_SubRinci",
        ),
        "Ta_AnggaranLog": _taken(
            "KdPosting Tahun Kd_Desa", "TglPosting No_Perdes Kunci", "UserID No_Perkades Petugas Tanggal"
        ),
        "Ta_AnggaranRinci": _taken(f"KdPosting {_LINE}", _LINE_MORE, "Kode_SBU"),
        "Ta_TBP": _taken(
            "Tahun Kd_Desa No_Bukti Tgl_Bukti",
            "",
            "Uraian Nm_Penyetor Alamat_Penyetor TTD_Penyetor NoRek_Bank Nama_Bank Jumlah Nm_Bendahara Jbt_Bendahara"
            " Status KdBayar Ref_Bayar ID_Bank",
        ),
        "Ta_TBPRinci": _taken("Tahun Kd_Desa No_Bukti Kd_Rincian Nilai", "Kd_Keg Kd_SubRinci SumberDana", "RincianSD"),
        "Ta_SPP": _taken(
            "Tahun Kd_Desa No_SPP Tgl_SPP",
            "",
            "Jn_SPP Keterangan Jumlah Potongan Status Kd_Bank Nm_Bank Nm_Penerima Rek_Bank Ref_Bayar Tgl_Bayar Validasi"
            " F10 F11 FF12 FF13 FF14",
        ),
        "Ta_SPPRinci": _taken("Tahun Kd_Desa No_SPP Kd_Rincian Nilai", "Kd_Keg Kd_SubRinci SumberDana"),
        "Ta_SPJ": _taken("Tahun Kd_Desa No_SPJ Tgl_SPJ No_SPP", "", "Keterangan Jumlah Potongan Status Kunci"),
        "Ta_SPJRinci": _taken(
            "Tahun Kd_Desa No_SPJ Kd_Rincian Nilai", "No_SPP Kd_Keg Kd_SubRinci SumberDana", "JmlCair Sisa Alamat"
        ),
        "Ta_Mutasi": _taken(
            "Tahun Kd_Desa Tgl_Bukti Kd_Rincian Nilai",
            "Kd_Keg Kd_SubRinci SumberDana",
            "No_Bukti Keterangan Kd_Bank Kd_Mutasi Nama_Penyetor Nm_Penerima ID_Bank RincianSD",
        ),
        "Ta_JurnalUmum": _taken(
            "Tahun Kd_Desa NoBukti Tanggal", "", "KdBuku JnsBukti Keterangan DK Debet Kredit Jenis Posted"
        ),
        "Ta_JurnalUmumRinci": _taken(
            "Tahun Kd_Desa NoBukti Kd_Rincian Debet Kredit", "Kd_Keg SumberDana", "RincianSD NoID Akun DK"
        ),
    }
)
"""The tables, by the name Siskeudes gives them."""

NUMBERS = frozenset(
    ("anggaran", "anggaranpak", "anggaranstlhpak", "jmlsatuan", "hrgsatuan", "jmlsatuanpak", "hrgsatuanpak", "nilai",
     "debet", "kredit")
)  # fmt: skip
"""Columns that hold an amount or a quantity."""
DAYS = frozenset(["tgl_perdes", "tgl_perdes_pb", "tglposting", "tgl_bukti", "tgl_spp", "tgl_spj", "tanggal"])
"""Columns that hold a day."""
BUDGETS = ("Ta_AnggaranRinci", "Ta_Anggaran", "Ta_RABRinci", "Ta_RAB")
"""A file without any of these holds no budget of a village."""
