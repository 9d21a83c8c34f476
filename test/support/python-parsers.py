"""Reads a calendar from standard input with two parsers of Debian (python3-icalendar, python3-vobject) and writes what
each found as JSON: {"icalendar": [...], "vobject": [...]}, one object per event."""

import json
import sys
from datetime import date, datetime, timezone

import icalendar
import vobject


def moment(value):
    """An instant in UTC, or the date of an all-day event."""
    if isinstance(value, datetime):
        return value.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(value)


def by_icalendar(text):
    events = []
    for event in icalendar.Calendar.from_ical(text).walk("VEVENT"):
        start = event["DTSTART"]
        events.append(
            {
                "uid": str(event["UID"]),
                "start": moment(start.dt),
                "tzid": start.params.get("TZID"),
                "sequence": int(event.get("SEQUENCE", 0)),
                "status": str(event["STATUS"]),
                "summary": str(event["SUMMARY"]),
            }
        )
    return events


def by_vobject(text):
    events = []
    for event in vobject.readOne(text).vevent_list:
        tzid = event.dtstart.params.get("X-VOBJ-ORIGINAL-TZID") or event.dtstart.params.get("TZID")
        events.append(
            {
                "uid": event.uid.value,
                "start": moment(event.dtstart.value),
                "tzid": tzid[0] if tzid else getattr(event.dtstart, "tzid_param", None),
                "sequence": int(event.sequence.value),
                "status": event.status.value,
                "summary": event.summary.value,
            }
        )
    return events


text = sys.stdin.buffer.read().decode("utf-8")
json.dump({"icalendar": by_icalendar(text), "vobject": by_vobject(text)}, sys.stdout)
