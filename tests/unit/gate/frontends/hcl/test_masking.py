"""The mask is as long as the text, hides what the grammar cannot take, and says what is not closed."""

from __future__ import annotations

import pytest

from tapeproof.gate.frontends.hcl.masking import MaskingError, mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("a = 1 # x\n", "a = 1    \n"),
        ("a = 1 // x\n", "a = 1     \n"),
        ("a = /* \n */ 1\n", "a =         1\n"),
        ('a = "b#c"\n', 'a = "xxx"\n'),
        ('a = "b${c}d"\n', 'a = "x${c}x"\n'),
        ('a = "${~ c ~}"\n', 'a = "${  c  }"\n'),
        ('a = "$${b}"\n', 'a = "xxxxx"\n'),
        ("a = (\n1)\n", "a = ( 1)\n"),
        ("a = {\nb = 1\n}\n", "a = {\nb = 1\n}\n"),
        ("é = 1\n", "x = 1\n"),
        ("a = !!b\n", "a =   b\n"),
        ("\ufeffa = 1\n", " a = 1\n"),
        ("a = <<E\nb\nE\n", 'a = "xxxxx"\n'),
    ],
)
def test_a_text_is_masked_without_moving_a_character(text: str, masked: str) -> None:
    assert mask(text).text == masked
    assert len(masked) == len(text)


@pytest.mark.parametrize(
    ("text", "position", "why"),
    [
        ('a = "b', 4, "a string is not closed"),
        ('a = "b\n"', 4, "a quoted string cannot span lines"),
        ("a = [1", 4, "a bracket is not closed"),
        ('a = "${b"', 8, "a string is not closed"),
        ("a /* b", 2, "a comment is not closed"),
        ("a = <<E\nb\n", 4, "the heredoc E is not closed"),
        ("a = <<E b\nE\n", 4, "a heredoc's marker must end its line"),
        ("a = )", 4, "'\\)' closes nothing"),
        ("a = (]", 5, "'\\]' does not close what is open"),
        ("a = " + "(" * 251, 254, "more than 250 brackets and templates are open at once"),
    ],
)
def test_what_is_not_closed_is_told_where_it_opens(text: str, position: int, why: str) -> None:
    with pytest.raises(MaskingError, match=why) as raised:
        mask(text)
    assert raised.value.position == position


def test_heredocs_and_strip_markers_are_told_by_their_place() -> None:
    masked = mask('a = <<-E\n  b ${~ c}\n  E\nd = "${e ~}"\n')
    ((start, heredoc),) = masked.heredocs.items()
    assert (start, heredoc.start, heredoc.flush) == (4, 9, True)
    assert masked.strips == {15, 33}


def test_a_hostile_heredoc_takes_no_longer_than_it_is_long() -> None:
    text = "a = <<E\n" + "E x\n" * 20_000 + "E\n"
    assert len(mask(text).text) == len(text)
