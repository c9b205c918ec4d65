"""How well the archive answers: judged queries over the dump of a hundred articles.

The judgements were made by reading the articles, before any query was run, and are not used to tune anything. Grades: 3 is
what the query is for, 2 answers it in good part, 1 touches on it; what is not listed is no answer. nDCG@10 has graded
gain; MRR and recall@10 count grades of 2 and more. A need that is asked for in other words (mistyped, as an acronym or its
long form, in synonyms) has the judgements of the need.

    .venv/bin/python -m benchmarks.search_quality [DUMP]
"""

import math
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.timing import percentile
from briefpack.archive import Archive

DUMP = Path(__file__).parents[2] / "shared" / "seeds" / "000_503f1fb9c8f33b75.txt"

JUDGED: dict[str, dict[int, int]] = {
    "NAAS mandatory funded": {1: 3, 6: 2, 59: 1},
    "social worker assessment and accreditation": {1: 3, 6: 3, 59: 2, 89: 1, 90: 1, 95: 1},
    "elective home education": {7: 3, 37: 3, 2: 1},
    "schools off-rolling pupils": {37: 3, 7: 2},
    "home to school transport costs": {2: 3, 58: 3, 37: 1, 26: 1, 7: 1},
    "children in custody youth justice": {3: 3, 10: 2, 31: 2, 63: 2, 56: 1},
    "unaccompanied asylum seeking children funding": {51: 3, 31: 3, 10: 3, 69: 3, 6: 2, 24: 2, 68: 2, 86: 1, 28: 1},
    "national transfer scheme rota": {33: 3, 53: 3, 79: 3, 86: 3, 6: 2, 77: 2, 68: 2, 78: 2, 32: 1},
    "regional adoption agency London": {31: 3, 10: 3, 51: 3, 77: 3},
    "county lines": {8: 3},
    "neglect peer challenge South West": {14: 3, 27: 3, 47: 3, 73: 2, 86: 2},
    "agency social worker pay cap": {
        30: 3,
        27: 3,
        47: 3,
        54: 3,
        11: 2,
        78: 2,
        92: 2,
        79: 1,
        53: 1,
        50: 2,
        14: 2,
        76: 1,
    },
    "free schools £320m": {58: 3},
    "grammar schools selection": {58: 3, 71: 3, 37: 2},
    "profit making in foster care": {99: 3, 94: 3, 67: 3},
    "outsourcing children's services": {67: 3, 82: 3},
    "next ADCS vice president": {18: 3, 17: 3, 65: 3},
    "twin hat directors": {43: 3, 44: 3, 86: 2, 89: 1},
    "early help cuts prevention": {36: 3, 37: 3, 23: 2, 80: 2, 99: 2, 69: 2},
    "£2bn funding gap": {23: 3, 36: 3, 37: 3, 45: 2, 56: 2, 58: 2},
    "domestic abuse": {6: 3, 40: 3, 79: 2, 92: 2, 88: 1},
    "care leavers offer": {11: 3, 30: 3, 80: 2, 33: 1, 83: 1},
    "mental health of children and young people": {15: 2, 40: 2, 62: 2, 4: 3, 70: 2, 25: 1, 46: 1, 72: 1, 85: 1},
    "Manchester bombing advice": {41: 3},
    "universal credit welfare reform poverty": {84: 3, 22: 3, 23: 2, 24: 2, 37: 2, 39: 1},
    "mandatory reporting of abuse": {68: 3, 63: 2, 84: 1},
    "school places shortage": {37: 3, 77: 3, 10: 3, 58: 2, 66: 0},
    "residential care Narey": {83: 3, 99: 3, 62: 2, 61: 2, 59: 1},
    "foster carer recruitment campaign": {75: 3},
    "Helen Watson": {30: 3},
    "Harold Bodmer": {97: 3},
    "interim directors North East": {76: 3, 89: 3, 50: 3, 30: 2, 43: 1},
    "local government ombudsman complaints": {96: 3, 4: 1},
    "technical college letters to parents": {34: 3},
    "guardians and Cafcass agreement": {35: 3, 12: 1},
    "SEND tribunal redress": {4: 3},
    "knife crime": {10: 3},
    "FutureSocial West Midlands": {26: 3, 54: 3, 16: 3},
    "teaching partnership": {50: 3, 76: 3, 89: 3, 25: 1},
    "children on care orders at home audit": {12: 3, 29: 3},
    "conversion of schools to academies": {2: 3},
    "general election": {45: 3, 42: 2},
}

"""Queries as an official would type them, by topic, person or fact."""

ALSO: dict[str, dict[str, str]] = {
    "typo": {
        "acreditation of social workers assesment": "social worker assessment and accreditation",
        "unacompanied assylum seeking childern funding": "unaccompanied asylum seeking children funding",
        "neglct peer chalenge South West": "neglect peer challenge South West",
        "grammer schools selecton": "grammar schools selection",
        "Harold Bodmar": "Harold Bodmer",
        "Manchestre bombing advise": "Manchester bombing advice",
        "universal creddit welfare refrom povertty": "universal credit welfare reform poverty",
    },
    "acronym": {
        "UASC funding": "unaccompanied asylum seeking children funding",
        "NTS rota": "national transfer scheme rota",
        "RAA London": "regional adoption agency London",
        "EHE": "elective home education",
        "DCS twin hat": "twin hat directors",
        "LGSCO complaints": "local government ombudsman complaints",
    },
    "long form": {
        "national assessment and accreditation system mandatory funded": "NAAS mandatory funded",
        "special educational needs and disabilities tribunal redress": "SEND tribunal redress",
        "next Association of Directors of Children's Services vice president": "next ADCS vice president",
    },
    "synonym": {
        "teaching children at home": "elective home education",
        "pupils excluded to improve league tables": "schools off-rolling pupils",
        "school bus costs": "home to school transport costs",
        "young offenders in prison": "children in custody youth justice",
        "stabbings": "knife crime",
        "private companies running children's services": "outsourcing children's services",
        "violence at home against partners": "domestic abuse",
        "temporary staff rates for social workers": "agency social worker pay cap",
    },
}
"""The same needs in other words."""


def main(dump: Path = DUMP) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder)) as archive:
        start = time.perf_counter()
        added = archive.add([dump]).added
        took = time.perf_counter() - start
        queries = [("as judged", query, query) for query in JUDGED]
        queries += [(kind, query, need) for kind, others in ALSO.items() for query, need in others.items()]
        rows: dict[str, list[tuple[float, float, float]]] = {}
        seconds = []
        for kind, query, need in queries:
            start = time.perf_counter()
            found = [hit.ordinal for hit in archive.search(query, limit=10).hits]
            seconds.append(time.perf_counter() - start)
            grades = JUDGED[need]
            scored = (_ndcg(found, grades), _first(found, grades), _recall(found, grades))
            rows.setdefault(kind, []).append(scored)
            print(f"{scored[0]:.2f} {scored[1]:.2f} {scored[2]:.2f}  {query}: {found[:6]}")
    print(f"\n{added} documents added in {took:.2f} s; search p50 {percentile(seconds, 50) * 1000:.1f} ms,", end=" ")
    print(f"p95 {percentile(seconds, 95) * 1000:.1f} ms\n")
    print("| queries | | nDCG@10 | MRR | R@10 |\n|---|---|---|---|---|")
    rows["all"] = [scored for kind in list(rows) for scored in rows[kind]]
    for kind, scores in rows.items():
        means = [sum(column) / len(scores) for column in zip(*scores, strict=True)]
        print(f"| {kind} | {len(scores)} | " + " | ".join(f"{mean:.3f}" for mean in means) + " |")


def _ndcg(found: list[int], grades: dict[int, int]) -> float:
    def gain(grade: int, place: int) -> float:
        return (2**grade - 1) / math.log2(place + 2)

    best = sum(gain(grade, place) for place, grade in enumerate(sorted(grades.values(), reverse=True)[:10]))
    return sum(gain(grades.get(ordinal, 0), place) for place, ordinal in enumerate(found)) / best


def _first(found: list[int], grades: dict[int, int]) -> float:
    places = [place for place, ordinal in enumerate(found, 1) if grades.get(ordinal, 0) > 1]
    return 1 / places[0] if places else 0.0


def _recall(found: list[int], grades: dict[int, int]) -> float:
    wanted = {ordinal for ordinal, grade in grades.items() if grade > 1}
    return len(wanted & set(found)) / min(10, len(wanted))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
