"""python3 -m site_pages FOLDER: the site, by MkDocs with the theme Material."""

import logging
import shutil
import sys
import tempfile
from pathlib import Path

from documents.markdown import ROOT, anchor_of
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from .gathering import gather
from .navigation import navigation
from .outside import loads


def scheme(name: str, icon: str, prefers: str, other: str) -> dict:
    return {"media": f"(prefers-color-scheme: {prefers})", "scheme": name, "primary": "teal", "accent": "teal", "toggle": {"icon": icon, "name": f"Change to {other}"}}


def configuration(source: Path, folder: Path) -> dict:
    return {
        "site_name": "gen-dataset",
        "site_description": "Labelled, reproducible sensor datasets from a recipe",
        "docs_dir": str(source),
        "site_dir": str(folder),
        # Pages that are files are found from a disk, too.
        "use_directory_urls": False,
        "nav": navigation(),
        "strict": True,
        "validation": {"nav": {"omitted_files": "info"}, "links": dict.fromkeys(("not_found", "anchors", "absolute_links", "unrecognized_links"), "warn")},
        "theme": {
            "name": "material",
            # Those of the reader's machine: others would be loaded from elsewhere.
            "font": False,
            "icon": {"logo": "material/chart-bell-curve-cumulative"},
            "favicon": "favicon.svg",
            "features": ["content.code.copy", "navigation.indexes", "navigation.sections", "navigation.top", "navigation.footer", "search.highlight", "search.suggest", "toc.follow"],
            "palette": [scheme("default", "material/weather-night", "light", "dark"), scheme("slate", "material/weather-sunny", "dark", "light")],
        },
        # The plugin `offline` would load its own from elsewhere.
        "extra": {"generator": False, "polyfills": ["iframe-worker.js"]},
        "extra_css": ["site.css"],
        "plugins": ["search", "offline"],
        "markdown_extensions": [
            "tables", "attr_list", "md_in_html", "pymdownx.superfences", {"pymdownx.highlight": {"anchor_linenums": False}},
            {"toc": {"permalink": True, "slugify": lambda text, separator: anchor_of(text)}},
        ],
    }


def main() -> int:
    folder = Path(sys.argv[1])
    logging.basicConfig(level=logging.WARNING, format="build-site: %(message)s")
    with tempfile.TemporaryDirectory(prefix="build-site-") as name:
        source, made = Path(name, "pages"), Path(name, "site")
        gather(source)
        for path in (ROOT / "scripts/site_pages/files").iterdir():
            shutil.copyfile(path, source / path.name)
        (Path(name) / "mkdocs.yml").write_text("site_name: gen-dataset\n", encoding="utf-8")
        try:
            build(load_config(str(Path(name) / "mkdocs.yml"), **configuration(source, made)))
        except Abort as error:
            print(f"build-site: {error}", file=sys.stderr)
            return 1
        outside = list(loads(made))
        if outside:
            print("build-site: these are loaded from elsewhere:", *outside, sep="\n", file=sys.stderr)
            return 1
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(made, folder)
    pages = sum(1 for _ in folder.rglob("*.html"))
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"{folder}: {pages} pages, {size / 1e6:.1f} MB")
    return 0


sys.exit(main())
