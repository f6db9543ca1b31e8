"""A paper as a page of HTML in one file, to be printed on A4. It fetches nothing and runs nothing."""

from html import escape

from vigtui.reports.formats.parsing import parser

_STYLE = """
@page { size: A4; margin: 20mm 22mm }
body { font: 11.5pt/1.45 Georgia, "Times New Roman", serif; color: #111; background: #fff;
       max-width: 44em; margin: 2em auto; padding: 0 1em }
h1 { font-size: 1.5em } h2 { font-size: 1.15em; margin-top: 1.4em } h3 { font-size: 1em }
h1, h2, h3 { line-height: 1.25; break-after: avoid }
li, tr, blockquote { break-inside: avoid }
table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid #777; padding: .3em .5em; text-align: left; vertical-align: top }
hr { border: 0; border-top: 1px solid #777; margin: 2em 0 }
@media print {
  body { margin: 0; padding: 0; max-width: none }
  hr { break-after: page; border: 0; margin: 0 }
}
"""


def html(text: str, title: str, language: str = "en") -> str:
    """Return a whole page of HTML. `language` is the paper's, as in a folder of templates ("en-easy")."""
    body = parser().render(text)
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language.partition("-")[0])}">\n<head>\n'
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{escape(title)}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )
