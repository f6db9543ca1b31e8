"""What a service decides for all of its work."""

from msgspec.structs import replace

from vigtui.ui.dialogs.forms import Field, FormScreen
from vigtui.ui.widgets.case_screen import VigScreen

_MOST_DAYS = 36_500


async def edit_service(screen: VigScreen) -> None:
    """Ask for the settings that belong to the caseload, and save them. Call it from a worker of `screen`."""
    meta = screen.caseload.meta
    fields = [
        Field("service", "Service", value=meta.service, hint="the service's name, shown at the top"),
        Field("film_kept_days", "Film is kept", "number", meta.film_kept_days, hint="days after the work"),
        Field(
            "ask_workers",
            "Ask colleagues",
            "yes_no",
            meta.ask_workers,
            hint="whether colleagues who are in a film have to agree, as families do",
        ),
    ]
    values = await screen.ask(FormScreen("The service's settings", fields, check=_kept))
    if values is not None:
        screen.caseload.save_meta(replace(meta, **values))


def _kept(values: dict[str, object]) -> str:
    days = values["film_kept_days"]
    if isinstance(days, int) and days <= _MOST_DAYS:
        return ""
    return f"Say for how many days film is kept after the work has ended: 0 to {_MOST_DAYS}."
