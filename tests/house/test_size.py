"""Small files, small functions: what has grown too long is about to do two things."""

import statistics

from tests.house import source

FILE, FILE_P90, FUNCTION, FUNCTION_MEDIAN, VIEW = 400, 250, 50, 8, 25


def test_no_file_is_longer_than_400_lines():
    long = [
        f"{file.at(file.tree)} has {file.lines} lines" for file in source.everything() if file.lines > FILE
    ]
    assert not long, "Make it a package of the same name:\n" + "\n".join(long)


def test_nine_files_of_ten_have_at_most_250_lines():
    sizes = sorted(file.lines for file in source.program())
    assert sizes[int(len(sizes) * 0.9)] <= FILE_P90, (
        f"the longest: {sizes[-10:]}; split by subject, not by kind"
    )


def test_no_function_is_longer_than_50_lines():
    long = [
        f"{file.at(function)} {function.name} has {source.length(function)} lines"
        for file in source.program()
        for function in file.functions()
        if source.length(function) > FUNCTION
    ]
    assert not long, "Name the steps and make each a function:\n" + "\n".join(long)


def test_half_of_the_functions_have_at_most_8_lines():
    sizes = [source.length(function) for file in source.program() for function in file.functions()]
    assert statistics.median(sizes) <= FUNCTION_MEDIAN


def test_views_fetch_act_render():
    long = [
        f"{file.at(function)} {function.name} has {source.length(function)} lines"
        for file in source.program()
        if file.floor == "web" and "views" in file.names
        for function in file.functions()
        if function.args.args[:1]
        and function.args.args[0].arg == "request"
        and source.length(function) > VIEW
    ]
    assert not long, (
        "A view fetches what is mine (404 otherwise), calls one action and renders. "
        "Reading belongs into reads.py, rules into the rulebook, writing into an action:\n" + "\n".join(long)
    )
