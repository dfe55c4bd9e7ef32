"""The form for the village itself and where its desk is found."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.village.queries import Profile, Setup
from ui.parts.field import check_all
from ui.village.address import AddressFields
from ui.village.region import RegionPicker
from ui.village.saving import Commands


class PlaceForm(QWidget):
    """Which village, and both addresses; the village may still be unknown."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.picker, self.addresses = RegionPicker(), AddressFields()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.picker)
        column.addWidget(self.addresses)
        column.addStretch()
        self.picker.edited.connect(self.edited)
        self.addresses.edited.connect(self.edited)

    def put(self, known: Setup | Profile, profile: Profile | None) -> None:
        """Show what is kept."""
        self.picker.put(profile)
        self.addresses.put(known)

    def commands(self) -> Commands:
        """What saves the form, the village first."""
        check_all(self.picker.value, self.addresses.command)
        place, contact = self.picker.value(), self.addresses.command()
        return (place.command(), contact) if place else (contact,)

    def explain(self, sentence: str) -> None:
        """What the desk refused: the addresses were checked before."""
        self.picker.explain(sentence)
