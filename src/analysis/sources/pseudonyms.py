"""Pseudonyms of people under a key that has no place in the project."""

from __future__ import annotations

import hashlib
import hmac
import os

from analysis.problems import InputProblem

KEY_VARIABLE = "BEREIK_PSEUDONYM_KEY"
SHORTEST_KEY = 16


def pseudonym(person: str, key: bytes) -> str:
    """Give the pseudonym of a person: HMAC-SHA256 of platform and id, in hexadecimal.

    The same person has the same pseudonym under the same key only, and nobody without the key can
    find out whose it is by trying ids. RFC 2104, doi:10.17487/RFC2104.
    """
    return hmac.new(key, person.encode(), hashlib.sha256).hexdigest()


def key_digest(key: bytes) -> str:
    """Give 32 bits that tell one key of pseudonyms from another, and are too few to find it."""
    return pseudonym("the key itself", key)[:8]


def is_other_key(digest: str) -> bool:
    """Whether the environment holds another key than the one of a digest; none is no other."""
    key = os.environ.get(KEY_VARIABLE, "").encode()
    return bool(key) and key_digest(key) != digest


def key_from_environment() -> bytes:
    """Read the key of the pseudonyms from the environment; it has no place in the project.

    Raises
    ------
    InputProblem
        When there is no key, or a short one, which could be guessed.
    """
    key = os.environ.get(KEY_VARIABLE, "").encode()
    if len(key) < SHORTEST_KEY:
        raise InputProblem(
            f"environment variable {KEY_VARIABLE}",
            "a key that is too short" if key else "no key",
            f"at least {SHORTEST_KEY} characters, since the study asks for pseudonyms",
            "Keep the key outside the project, or take 'pseudonyms' out of the study file.",
        )
    return key
