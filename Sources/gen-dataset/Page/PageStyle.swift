import DatasetGen

/// The style sheet of a dataset's page: colours by role on light and dark, sizes from phones to paper.
enum PageStyle {
    /// The style sheet.
    static let text = """
        :root{color-scheme:light dark;--page:#f5f7f8;--card:#fff;--text:#1d2730;--muted:#566470;--edge:#dde3e7;--grid:#e6ebee;
        --frame:#c3cad1;--ink:#1f2328;--twin:#0072b2;--accent:#1f6f80;--soft:#d5e6ea;--healthy:#8fb3bf;--land:#eef3f5;
        --spike:#c24a00;--trend:#0067b0;--pattern:#00795a;--missing_data:#8a6d00;--noise:#a03f83;
        --minus:#a6461f;--plus:#1f6f80}
        @media(prefers-color-scheme:dark){:root{--page:#12181c;--card:#1a2227;--text:#e4eaee;--muted:#9cabb6;--edge:#2c373e;
        --grid:#28333a;--frame:#46525b;--ink:#e8eaed;--twin:#9ad1ff;--accent:#6cc0d0;--soft:#21424a;--healthy:#4f7c8a;
        --land:#1f292f;--spike:#ff9558;--trend:#6fb9f5;--pattern:#46cca0;--missing_data:#e6d150;--noise:#eb9fd0;
        --minus:#f0956b;--plus:#6cc0d0}}
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
        body{margin:0 auto;max-width:1240px;padding:0 24px 40px;background:var(--page);color:var(--text);
        font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;font-variant-numeric:tabular-nums}
        h1,h2,h3,p,dl,dd,ul,figure{margin:0;padding:0}
        ul{list-style:none}
        h1{font-size:2rem;font-weight:680;letter-spacing:-.02em;line-height:1.2;overflow-wrap:anywhere}
        h2{font-size:1.25rem;font-weight:650;letter-spacing:-.01em}
        h3{font-size:.98rem;font-weight:620}
        a{color:var(--accent);text-underline-offset:3px}
        :focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
        .muted,.lead,figcaption{color:var(--muted)}
        .lead{max-width:76ch;margin-top:2px}
        .small,figcaption{font-size:.87rem}
        header{padding:36px 0 8px}
        header .lead{font-size:1.06rem;margin-top:6px}
        .kind{color:var(--accent);font-size:.87rem;font-weight:620;letter-spacing:.03em}
        nav{position:sticky;top:0;z-index:2;background:var(--page);border-bottom:1px solid var(--edge);margin:0 -24px;padding:0 24px}
        nav ul{display:flex;gap:4px 20px;overflow-x:auto;padding:10px 0;font-size:.92rem}
        nav a{color:var(--muted);text-decoration:none;white-space:nowrap}
        nav a:hover{color:var(--accent);text-decoration:underline}
        section{padding-top:34px;scroll-margin-top:24px}
        section>h2+.lead{margin-bottom:4px}
        .card{background:var(--card);border:1px solid var(--edge);border-radius:12px;padding:16px 18px;margin-top:14px;min-width:0}
        .tiles{display:grid;gap:12px;grid-template-columns:repeat(6,minmax(0,1fr));margin:22px 0 20px}
        .tile{background:var(--card);border:1px solid var(--edge);border-radius:12px;padding:12px 16px 11px;min-width:0}
        .tile dt{color:var(--muted);font-size:.85rem}
        .tile .value{font-size:1.45rem;font-weight:640;letter-spacing:-.015em;line-height:1.3;overflow-wrap:anywhere}
        .tile .more{color:var(--muted);font-size:.85rem;overflow-wrap:anywhere}
        .pair{display:grid;gap:0 14px;grid-template-columns:minmax(0,1fr) minmax(0,1fr);align-items:stretch}
        .facts{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:6px 22px}
        .facts dt{color:var(--muted)}
        .facts dd{overflow-wrap:anywhere;white-space:pre-line}
        code,.code{font-family:ui-monospace,SFMono-Regular,"DejaVu Sans Mono",monospace;font-size:.87em}
        .scroll{overflow-x:auto;margin-top:10px}
        .card>.scroll:first-child{margin-top:0}
        table{border-collapse:collapse;width:100%}
        caption{text-align:left;font-weight:620;padding-bottom:4px}
        th,td{padding:6px 18px 6px 0;border-bottom:1px solid var(--grid);text-align:left;vertical-align:middle;white-space:nowrap}
        th:last-child,td:last-child{padding-right:0}
        tbody tr:last-child>*{border-bottom:0}
        thead th{color:var(--muted);font-weight:500;font-size:.85rem}
        tbody th{font-weight:450}
        .number{text-align:right}
        .wrap{white-space:normal;min-width:12em;overflow-wrap:anywhere}.cards .wrap{min-width:0}
        .total>*{font-weight:640}
        svg{display:block;max-width:100%;height:auto}
        .chart text{fill:var(--muted);font-size:11px}
        .chart .strong{fill:var(--text)}
        .bar{width:220px;height:12px}
        .mark{display:inline-block;width:11px;height:11px;margin-right:8px;vertical-align:-1px;overflow:visible}
        .legend{display:flex;flex-wrap:wrap;gap:4px 18px;color:var(--muted);font-size:.87rem;margin:8px 0}
        .wide{min-width:860px;width:100%}.matrix{max-width:none}
        .map{width:100%;min-width:420px}
        .cards{display:grid;gap:14px;grid-template-columns:repeat(auto-fill,minmax(264px,1fr));margin-top:14px}
        .cards .card{margin:0}
        .cards .head{display:flex;justify-content:space-between;align-items:baseline;gap:12px}
        .cards svg{width:100%;margin:8px 0 2px}
        .cards table{margin-top:6px;font-size:.87rem}
        .cards th,.cards td{padding:3px 12px 3px 0}
        .t-spike{fill:var(--spike)}.t-trend{fill:var(--trend)}.t-pattern{fill:var(--pattern)}
        .t-missing_data{fill:var(--missing_data)}.t-noise{fill:var(--noise)}
        .g-easy{fill:var(--accent);opacity:.35}.g-medium{fill:var(--accent);opacity:.65}.g-hard{fill:var(--accent)}
        .track{fill:var(--grid)}
        .asked{fill:none;stroke:var(--text);stroke-width:2}
        .rule,.grid{fill:none;stroke:var(--grid)}
        .axis,.frame{fill:none;stroke:var(--frame)}
        .healthy-bar{fill:var(--healthy)}
        .changed-line{fill:none;stroke:var(--spike);stroke-width:1.6;stroke-linejoin:round}
        .sea{fill:var(--land)}
        .sensor{fill:var(--accent);opacity:.45}
        .place{fill:var(--accent);fill-opacity:.22;stroke:var(--accent);stroke-width:1.4}
        .label{paint-order:stroke;stroke:var(--land);stroke-width:3px;stroke-linejoin:round}
        .plus{fill:var(--plus)}.minus{fill:var(--minus)}
        .cell{fill:var(--grid)}
        .incident{opacity:.8}
        .day{margin-top:14px}
        .day svg{min-width:820px;width:100%}
        .day text{fill:var(--muted)}.day .paper{fill:var(--card)}
        .day .heading,.day .name{fill:var(--ink)}
        .day .readings{stroke:var(--ink)}
        .day .healthy{stroke:var(--twin)}
        .day .phenomenon{fill:var(--muted)}
        .fill-spike stop{stop-color:var(--spike)}.fill-trend stop{stop-color:var(--trend)}
        .fill-pattern stop{stop-color:var(--pattern)}.fill-missing_data stop{stop-color:var(--missing_data)}
        .fill-noise stop{stop-color:var(--noise)}
        .fills{position:absolute;width:0;height:0}
        details{margin-top:4px}
        summary{cursor:pointer;color:var(--accent)}
        details li{font-size:.87rem;color:var(--muted);white-space:nowrap}
        footer{margin-top:40px;padding-top:16px;border-top:1px solid var(--edge);color:var(--muted);font-size:.87rem}
        footer p{max-width:90ch;margin-top:4px}
        @media(max-width:900px){.pair{grid-template-columns:minmax(0,1fr)}.tiles{grid-template-columns:repeat(3,minmax(0,1fr))}}
        @media(max-width:560px){body{padding:0 14px 28px;font-size:14.5px}nav{margin:0 -14px;padding:0 14px}header{padding-top:22px}
        h1{font-size:1.55rem}.tiles{grid-template-columns:repeat(2,minmax(0,1fr));gap:8px}.tile{padding:10px 12px}
        .tile .value{font-size:1.15rem}.card{padding:13px 14px}.cards{grid-template-columns:minmax(0,1fr)}
        .facts{grid-template-columns:minmax(0,1fr);gap:0}.facts dd{margin-bottom:8px}}
        @media print{:root{color-scheme:light;--page:#fff;--edge:#ccd3d8}body{max-width:none;padding:0;font-size:10.5pt}nav{display:none}
        .card,.tile,tr,figure{break-inside:avoid}.card{border-radius:4px}h2,h3{break-after:avoid}.scroll{overflow:visible}
        .wide,.map,.day svg{min-width:0}section{padding-top:20px}}
        """
}
