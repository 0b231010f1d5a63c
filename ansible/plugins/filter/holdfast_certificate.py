"""What the roles ask of a certificate, without a program for each look at one."""

from __future__ import annotations

import datetime

from ansible.errors import AnsibleFilterError

try:
    from cryptography import x509
except ImportError:
    x509 = None

DOCUMENTATION = r"""
name: holdfast_certificate
short_description: What a certificate says
description:
  - Reads a certificate on the control node, with the Python library cryptography.
  - Gives C(not_after) as C(YYYYMMDDHHMMSSZ), C(expired), C(subject_alt_name) as a list such as
    C(DNS:example.net), and C(subject_key_identifier) and C(authority_key_identifier), which may be empty.
author:
  - The Holdfast developers (@holdfast-dr)
options:
  _input:
    description: The certificate in PEM.
    type: str
    required: true
"""

KINDS = {"UniformResourceIdentifier": "URI", "DNSName": "DNS", "IPAddress": "IP"}


def extension(certificate, kind):
    """None where the certificate has none of that kind."""
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


def read(text):
    if x509 is None:
        raise AnsibleFilterError(
            "this machine's Ansible has no Python library cryptography:"
            " run apt-get install python3-cryptography"
        )
    try:
        certificate = x509.load_pem_x509_certificate(text.encode())
    except ValueError as problem:
        raise AnsibleFilterError(f"this is no certificate: {problem}") from problem
    end = certificate.not_valid_after
    subject = extension(certificate, x509.SubjectKeyIdentifier)
    authority = extension(certificate, x509.AuthorityKeyIdentifier)
    names = extension(certificate, x509.SubjectAlternativeName) or []
    return {
        "not_after": end.strftime("%Y%m%d%H%M%SZ"),
        "expired": end < datetime.datetime.utcnow(),
        "subject_key_identifier": subject.digest.hex() if subject else "",
        "authority_key_identifier": (authority.key_identifier or b"").hex()
        if authority
        else "",
        "subject_alt_name": [
            f"{KINDS.get(type(name).__name__, 'other')}:{name.value}" for name in names
        ],
    }


class FilterModule:
    """As Ansible asks for it."""

    def filters(self):
        return {"holdfast_certificate": read}
