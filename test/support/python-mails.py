"""Reads mails from standard input, a JSON list of their raw texts, and writes for each what Python's own parser found
wrong with it or with any of its parts, and the sizes of its text and HTML, as JSON."""

import email
import email.policy
import json
import sys


def read(raw):
    mail = email.message_from_bytes(raw.encode("latin-1"), policy=email.policy.default)
    defects = [repr(defect) for part in mail.walk() for defect in part.defects]
    for name, value in mail.items():
        defects += [f"{name}: {defect!r}" for defect in getattr(value, "defects", [])]
    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    return {
        "id": mail["Message-ID"],
        "subject": mail["Subject"],
        "defects": defects,
        "text": len(text.encode()),
        "html": len(html.encode()),
    }


json.dump([read(raw) for raw in json.load(sys.stdin)], sys.stdout)
