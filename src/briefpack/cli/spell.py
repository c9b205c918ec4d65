"""The command on spelling: spell."""

from pathlib import Path

import click

from briefpack.cli.output import count, note, print_json, say


@click.command()
@click.argument("pack", type=click.Path(path_type=Path))
@click.option("--suggest", is_flag=True, help="Say what may have been meant; this takes longer.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def spell(pack: Path, *, suggest: bool, as_json: bool) -> None:
    """List the misspelt words of a pack, in British English."""
    from briefpack.cli.opening import open_pack
    from briefpack.spelling.own import OwnDictionary
    from briefpack.tasks.spelling import spelling_of

    report = spelling_of(open_pack(pack).pack, OwnDictionary(), suggest=suggest)
    if as_json:
        print_json(report)
        return
    if not report["checked"]:
        note(f"{pack}: not checked: there is no dictionary for its language, {report['language']}")
        return
    for each in report["misspelt"]:
        meant = f"  ({', '.join(each['suggestions'])})" if each.get("suggestions") else ""
        say(f"{each['word']}{meant}")
        say(f"    {each['context']}  [{each['block'] or each['part']}]")
    counts = report["counts"]
    say(f"{count(counts['misspelt'], 'misspelling')} of {count(counts['words'], 'word')}" if counts["misspelt"]
        else "Nothing is misspelt")  # fmt: skip
